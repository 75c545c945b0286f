// Ctrl-C as a wish that the run can grant between two steps.
#pragma once

namespace shahr {

// While one lives, the first SIGINT or SIGTERM is noted; a second one ends the program as usual.
class InterruptGuard {
public:
    InterruptGuard();
    ~InterruptGuard();
    InterruptGuard(const InterruptGuard&) = delete;
    InterruptGuard& operator=(const InterruptGuard&) = delete;
    bool wanted() const;
};

}  // namespace shahr
