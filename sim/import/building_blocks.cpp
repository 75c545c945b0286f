#include "sim/import/building_blocks.h"

#include <utility>

namespace shahr {

Document folded(Document document) {
    std::vector<Block> blocks;
    std::map<std::pair<std::string, std::string>, std::pair<std::size_t, std::string>> known;
    for (Block& block : document.blocks) {
        std::string id;
        for (const Setting& s : block.settings)
            if (const auto* text = std::get_if<std::string>(&s.value); text && s.key == "id") id = *text;
        const std::string file = block.where.substr(0, block.where.rfind(':'));
        const auto at = known.find({block.kind, id});
        // Twice in the same file is no change but a mistake, which the reader will say.
        if (id.empty() || at == known.end() || at->second.second == file) {
            if (!id.empty()) known[{block.kind, id}] = {blocks.size(), file};
            blocks.push_back(std::move(block));
            continue;
        }
        Block& base = blocks[at->second.first];
        at->second.second = file;
        for (Setting& s : block.settings) {
            const auto same = std::find_if(base.settings.begin(), base.settings.end(), [&](const Setting& b) { return b.key == s.key; });
            if (same == base.settings.end()) base.settings.push_back(std::move(s));
            else *same = std::move(s);
        }
    }
    document.blocks = std::move(blocks);
    return document;
}

}  // namespace shahr
