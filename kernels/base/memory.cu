// The device's memory, its name and its errors, once for the CPU and once for CUDA.
#include "kernels/base/backend.h"
#include "kernels/base/parallel_for.h"
#include "sim/base/error.h"

#ifdef __CUDACC__

namespace shahr::SHAHR_BACKEND {
namespace {
std::string_view last_functor;                // one thread steps the engines and so talks to the device

void check(cudaError_t error, const std::string& what) {
    if (error == cudaSuccess) return;
    const std::string after = last_functor.empty() ? "" : " after " + std::string(last_functor);
    throw DeviceError("device cuda: " + what + after + " (" + cudaGetErrorString(error) + ") try --device cpu");
}
}  // namespace

std::string why_unavailable() {
    int count = 0;
    const cudaError_t error = cudaGetDeviceCount(&count);
    if (error != cudaSuccess) return cudaGetErrorString(error);
    return count > 0 ? "" : "no CUDA device";
}

std::string describe_device() {
    cudaDeviceProp properties;
    if (cudaGetDeviceProperties(&properties, 0) != cudaSuccess) return "unknown";
    return std::string(properties.name) + ", " + std::to_string(properties.totalGlobalMem >> 20) + " MiB, sm_" +
           std::to_string(properties.major) + std::to_string(properties.minor);
}

void set_threads(int) {}

void wait_for_device() noexcept {
    cudaDeviceSynchronize();
}

void* allocate(std::size_t bytes) {
    void* p = nullptr;
    if (bytes > 0) check(cudaMalloc(&p, bytes), "cannot allocate " + std::to_string(bytes) + " bytes");
    return p;
}
void release(void* p) noexcept {
    cudaFree(p);
}
void zero(void* device, std::size_t bytes) {
    if (bytes > 0) check(cudaMemset(device, 0, bytes), "cannot clear memory");
}
void upload(void* device, const void* host, std::size_t bytes) {
    if (bytes > 0) check(cudaMemcpy(device, host, bytes, cudaMemcpyHostToDevice), "cannot copy to the device");
}
void download(void* host, const void* device, std::size_t bytes) {
    if (bytes > 0) check(cudaMemcpy(host, device, bytes, cudaMemcpyDeviceToHost), "cannot copy from the device");
}
void check_launch(std::string_view functor) {
    last_functor = functor;
    check(cudaGetLastError(), "cannot start");
#ifndef NDEBUG
    check(cudaDeviceSynchronize(), "failed");
#endif
}
}  // namespace shahr::SHAHR_BACKEND

#else

#include <tbb/global_control.h>
#include <tbb/info.h>

#include <cstring>
#include <memory>
#include <new>

namespace shahr::SHAHR_BACKEND {
namespace {
std::unique_ptr<tbb::global_control> thread_limit;
}

std::string why_unavailable() {
    return {};
}

std::string describe_device() {
    return std::to_string(tbb::this_task_arena::max_concurrency()) + " threads";
}

void set_threads(int threads) {
    thread_limit.reset();
    if (threads > 0) thread_limit = std::make_unique<tbb::global_control>(tbb::global_control::max_allowed_parallelism, static_cast<std::size_t>(threads));
}

void wait_for_device() noexcept {}

void* allocate(std::size_t bytes) {
    if (bytes == 0) return nullptr;
    if (void* p = ::operator new(bytes, std::align_val_t{64}, std::nothrow)) return p;
    throw DeviceError("device cpu: cannot allocate " + std::to_string(bytes) + " bytes (out of memory) run fewer things at a time");
}
void release(void* p) noexcept {
    ::operator delete(p, std::align_val_t{64});
}
void zero(void* device, std::size_t bytes) {
    if (bytes > 0) std::memset(device, 0, bytes);
}
void upload(void* device, const void* host, std::size_t bytes) {
    if (bytes > 0) std::memcpy(device, host, bytes);
}
void download(void* host, const void* device, std::size_t bytes) {
    if (bytes > 0) std::memcpy(host, device, bytes);
}
void check_launch(std::string_view) {}
}  // namespace shahr::SHAHR_BACKEND

#endif
