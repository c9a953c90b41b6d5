/* Functions of complex numbers, which ucrtbase.dll has on Windows and only names in Wine 8: NumPy calls them as it is
   loaded. wine.sh exports each of them without the "own_", and forwards all else to Wine's own ucrtbase.dll. */

#include <complex.h>

typedef struct { double re, im; } pair;
typedef struct { float re, im; } pair_f;

static double _Complex whole(pair z) { return z.re + z.im * I; }
static float _Complex whole_f(pair_f z) { return z.re + z.im * I; }
static pair parts(double _Complex z) { pair p = {creal(z), cimag(z)}; return p; }
static pair_f parts_f(float _Complex z) { pair_f p = {crealf(z), cimagf(z)}; return p; }

#define TO_COMPLEX(name) \
    pair own_##name(pair z) { return parts(name(whole(z))); } \
    pair own_##name##l(pair z) { return parts(name(whole(z))); } \
    pair_f own_##name##f(pair_f z) { return parts_f(name##f(whole_f(z))); }
#define TO_REAL(name) \
    double own_##name(pair z) { return name(whole(z)); } \
    double own_##name##l(pair z) { return name(whole(z)); } \
    float own_##name##f(pair_f z) { return name##f(whole_f(z)); }

TO_COMPLEX(cacos) TO_COMPLEX(cacosh) TO_COMPLEX(casin) TO_COMPLEX(casinh) TO_COMPLEX(catan) TO_COMPLEX(catanh)
TO_COMPLEX(ccos) TO_COMPLEX(ccosh) TO_COMPLEX(cexp) TO_COMPLEX(clog) TO_COMPLEX(conj) TO_COMPLEX(cproj)
TO_COMPLEX(csin) TO_COMPLEX(csinh) TO_COMPLEX(csqrt) TO_COMPLEX(ctan) TO_COMPLEX(ctanh)
TO_REAL(cabs) TO_REAL(carg) TO_REAL(cimag) TO_REAL(creal)
pair own_cpow(pair z, pair w) { return parts(cpow(whole(z), whole(w))); }
pair own_cpowl(pair z, pair w) { return parts(cpow(whole(z), whole(w))); }
pair_f own_cpowf(pair_f z, pair_f w) { return parts_f(cpowf(whole_f(z), whole_f(w))); }
