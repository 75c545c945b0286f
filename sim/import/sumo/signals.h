// Signal programmes. Of a signal's several programmes the last one read counts, as in SUMO; additional files come after
// the network.
#pragma once
#include <vector>

#include "sim/import/sumo/network.h"

namespace shahr::sumo {

class Programmes {
public:
    // Remembers every <tlLogic> in the file; the file must outlive this.
    void read(const Element& root);
    // Fills the tables of signals and phases.
    void finish(Reading& reading);

private:
    std::vector<Element> logics_;
};

}  // namespace shahr::sumo
