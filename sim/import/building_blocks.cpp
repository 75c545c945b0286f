#include "sim/import/building_blocks.h"

#include <utility>

namespace shahr {
namespace {

// `remove = true`: the base's block of that kind and id is taken out.
const Setting* removal(const Block& block) {
    for (const Setting& s : block.settings)
        if (s.key == "remove" && flag_of(s)) return &s;
    return nullptr;
}

}  // namespace

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
            if (const Setting* s = removal(block)) reject(*s, fmt::format("the base has no [[{}]] of that id", block.kind), "the id of one of the base's");
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
    for (const Block& block : blocks)
        if (const Setting* s = removal(block); s && (block.kind == "building" || block.kind == "building.zone")) reject(*s, "what is in it would go to another", "the base's surfaces, windows, gains, schedules or constructions");
    std::erase_if(blocks, [](const Block& block) { return removal(block) != nullptr; });
    document.blocks = std::move(blocks);
    return document;
}

}  // namespace shahr
