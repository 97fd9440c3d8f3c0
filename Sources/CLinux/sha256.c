#include "CLinux.h"

#if defined(__x86_64__)
#include <cpuid.h>
#include <immintrin.h>

int gainsay_has_sha256(void) {
  unsigned a, b, c, d;
  if (!__get_cpuid(1, &a, &b, &c, &d) || !(c & bit_SSSE3) || !(c & bit_SSE4_1)) return 0;
  return __get_cpuid_count(7, 0, &a, &b, &c, &d) && b & bit_SHA;
}

__attribute__((target("sha,sse4.1,ssse3"))) void gainsay_sha256(
    unsigned state[8], const unsigned constants[64], const unsigned char *bytes, long blocks) {
  const __m128i big_endian = _mm_set_epi64x(0x0C0D0E0F08090A0B, 0x0405060700010203);
  // The instructions want the words of the state as f e b a and h g d c, from the lowest lane on.
  __m128i badc = _mm_shuffle_epi32(_mm_loadu_si128((const __m128i *)state), 0xB1);
  __m128i hgfe = _mm_shuffle_epi32(_mm_loadu_si128((const __m128i *)(state + 4)), 0x1B);
  __m128i feba = _mm_alignr_epi8(badc, hgfe, 8);
  __m128i hgdc = _mm_blend_epi16(hgfe, badc, 0xF0);
  for (; blocks > 0; blocks -= 1, bytes += 64) {
    const __m128i feba_before = feba, hgdc_before = hgdc;
    __m128i words[16];
    for (int i = 0; i < 4; i += 1) {
      words[i] = _mm_shuffle_epi8(_mm_loadu_si128((const __m128i *)bytes + i), big_endian);
    }
    for (int i = 0; i < 12; i += 1) {
      __m128i sum = _mm_sha256msg1_epu32(words[i], words[i + 1]);
      sum = _mm_add_epi32(sum, _mm_alignr_epi8(words[i + 3], words[i + 2], 4));
      words[i + 4] = _mm_sha256msg2_epu32(sum, words[i + 3]);
    }
    for (int i = 0; i < 16; i += 1) {
      __m128i input = _mm_add_epi32(words[i], _mm_loadu_si128((const __m128i *)constants + i));
      hgdc = _mm_sha256rnds2_epu32(hgdc, feba, input);
      feba = _mm_sha256rnds2_epu32(feba, hgdc, _mm_shuffle_epi32(input, 0x0E));
    }
    feba = _mm_add_epi32(feba, feba_before);
    hgdc = _mm_add_epi32(hgdc, hgdc_before);
  }
  const __m128i abef = _mm_shuffle_epi32(feba, 0x1B), ghcd = _mm_shuffle_epi32(hgdc, 0xB1);
  _mm_storeu_si128((__m128i *)state, _mm_blend_epi16(abef, ghcd, 0xF0));
  _mm_storeu_si128((__m128i *)(state + 4), _mm_alignr_epi8(ghcd, abef, 8));
}

#else

int gainsay_has_sha256(void) { return 0; }

void gainsay_sha256(unsigned state[8], const unsigned constants[64], const unsigned char *bytes, long blocks) {}

#endif
