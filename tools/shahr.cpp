// The program: parses the command line and hands over to one file per subcommand.
#include <cstdio>

#include "sim/run/backend.h"

int main() {
    for (const auto& backend : shahr::backends()) std::printf("%s\n", std::string(backend.name).c_str());
    return 0;
}
