#include <cblas.h>

// LAPACK routines are part of the library and have no header there; they follow Fortran's calling convention.
void dposv_(const char *triangle, const int *order, const int *right_sides, double *matrix, const int *matrix_stride,
            double *values, const int *values_stride, int *status);
void dgeqrt_(const int *rows, const int *columns, const int *block, double *matrix, const int *matrix_stride,
             double *factors, const int *factors_stride, double *work, int *status);
void dgesdd_(const char *job, const int *rows, const int *columns, double *matrix, const int *matrix_stride,
             double *values, double *left, const int *left_stride, double *right, const int *right_stride,
             double *work, const int *work_size, int *integers, int *status);
