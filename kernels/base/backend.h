// The only header that asks which compiler is reading it. Everything in kernels/ stands in shahr::SHAHR_BACKEND, which is
// on_cpu or on_cuda, so that the two compiled copies share no symbol.
#pragma once
#ifndef SHAHR_BACKEND
#error "kernels/ is compiled through the targets shahr_kernels_cpu and shahr_kernels_cuda"
#endif
#include <cstddef>
#include <cstdint>
#include <string>

#ifdef __CUDACC__
#define SHAHR_HD __host__ __device__
#else
#define SHAHR_HD
#endif

namespace shahr::SHAHR_BACKEND {

using Index = std::int32_t;

std::string why_unavailable();             // "" if the device can be used; else the driver's reason
std::string describe_device();
void set_threads(int threads);             // 0: all
void wait_for_device() noexcept;           // until all that was started is done; what went wrong is said by the next call

// The five functions on which Array stands. They throw DeviceError.
void* allocate(std::size_t bytes);
void release(void* p) noexcept;
void zero(void* device, std::size_t bytes);
void upload(void* device, const void* host, std::size_t bytes);
void download(void* host, const void* device, std::size_t bytes);

}  // namespace shahr::SHAHR_BACKEND
