// Wall time of the phases of a step. On a GPU a phase ends when its work is done: each reading waits for that, about 10 us.
#pragma once
#include <chrono>

#include "kernels/base/backend.h"

namespace shahr::SHAHR_BACKEND {

// Adds the wall time of its life to a sum.
class Stopwatch {
public:
    explicit Stopwatch(double& sum_s) : sum_s_(&sum_s), begin_(std::chrono::steady_clock::now()) {}
    ~Stopwatch() {
        wait_for_device();
        *sum_s_ += std::chrono::duration<double>(std::chrono::steady_clock::now() - begin_).count();
    }
    Stopwatch(const Stopwatch&) = delete;
    Stopwatch& operator=(const Stopwatch&) = delete;

private:
    double* sum_s_;
    std::chrono::steady_clock::time_point begin_;
};

}  // namespace shahr::SHAHR_BACKEND
