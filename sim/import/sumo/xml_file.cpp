#include "sim/import/sumo/xml_file.h"

#include <fmt/format.h>
#include <zlib.h>

#include <algorithm>
#include <charconv>
#include <cmath>
#include <pugixml.hpp>
#include <vector>

#include "sim/base/error.h"
#include "sim/import/sumo/values.h"

namespace shahr::sumo {

struct XmlFile::Document {
    std::string text;                          // parsed in place
    std::vector<std::size_t> line_starts;      // byte of each line's first character, taken before the text is changed
    pugi::xml_document xml;
};

namespace {

// gzread passes plain files through, and reads gzip files of several members to the end.
std::string read_whole(const std::string& path) {
    const std::unique_ptr<gzFile_s, int (*)(gzFile)> file(gzopen(path.c_str(), "rb"), gzclose);
    if (!file) throw InputError(fmt::format("{}: cannot be opened (no such file, or not readable) a SUMO file, plain or gzipped", path));
    gzbuffer(file.get(), 1 << 18);
    std::string text;
    constexpr unsigned block = 1 << 20;
    for (;;) {
        const std::size_t before = text.size();
        text.resize(before + block);
        const int got = gzread(file.get(), text.data() + before, block);
        text.resize(before + static_cast<std::size_t>(std::max(got, 0)));
        int error = Z_OK;
        const char* why = gzerror(file.get(), &error);
        if (got < 0 || error != Z_OK) throw InputError(fmt::format("{}: is broken after {} bytes ({}) the whole file", path, text.size(), error == Z_ERRNO ? "not readable" : why));
        if (got == 0) return text;
    }
}

pugi::xml_node as_node(pugi::xml_node_struct* node) {
    return pugi::xml_node(node);
}

}  // namespace

XmlFile::XmlFile(const std::filesystem::path& path, std::string_view root_name) : XmlFile(read_whole(path.string()), path, root_name) {}

XmlFile::XmlFile(std::string text, const std::filesystem::path& name, std::string_view root_name)
    : path_(name.string()), document_(std::make_unique<Document>()) {
    document_->text = std::move(text);
    parse(root_name);
}
XmlFile::~XmlFile() = default;
XmlFile::XmlFile(XmlFile&&) noexcept = default;

void XmlFile::parse(std::string_view root_name) {
    auto& d = *document_;
    d.line_starts.push_back(0);
    for (std::size_t i = 0; i < d.text.size(); ++i)
        if (d.text[i] == '\n') d.line_starts.push_back(i + 1);
    const auto result = d.xml.load_buffer_inplace(d.text.data(), d.text.size());
    if (!result) throw InputError(fmt::format("{}: is not well-formed XML ({}) a SUMO file", where(result.offset), result.description()));
    const std::string_view root = d.xml.document_element().name();
    if (!root_name.empty() && root != root_name) throw InputError(fmt::format("{}: <{}> (is the root of the file) <{}>", where(d.xml.document_element().offset_debug()), root, root_name));
}

Element XmlFile::root() const {
    return {*this, document_->xml.document_element().internal_object()};
}

std::string XmlFile::where(std::ptrdiff_t byte) const {
    const auto& starts = document_->line_starts;
    const auto line = std::upper_bound(starts.begin(), starts.end(), static_cast<std::size_t>(std::max<std::ptrdiff_t>(byte, 0))) - starts.begin();
    return fmt::format("{}:{}", path_, line);
}

std::string_view Element::name() const {
    return as_node(node_).name();
}
std::string Element::where() const {
    return file_->where(as_node(node_).offset_debug());
}

void Element::refuse(const char* attribute, std::string_view why, std::string_view right) const {
    const std::string id(text("id", ""));
    throw InputError(fmt::format("{}: <{}{}> {} = \"{}\" ({}) {}", where(), name(), id.empty() ? "" : " " + id, attribute, text(attribute, ""), why, right));
}

std::optional<std::string_view> Element::find(const char* attribute) const {
    const auto a = as_node(node_).attribute(attribute);
    if (!a) return std::nullopt;
    return a.value();
}

std::string_view Element::text(const char* attribute) const {
    const auto value = find(attribute);
    if (!value) refuse(attribute, "is missing", fmt::format("{}=\"...\"", attribute));
    return *value;
}
std::string_view Element::text(const char* attribute, std::string_view otherwise) const {
    return find(attribute).value_or(otherwise);
}

double Element::number(const char* attribute) const {
    const auto value = parse_number(text(attribute));
    if (!value) refuse(attribute, "is not a number", "a decimal number");
    return *value;
}
double Element::number(const char* attribute, double otherwise) const {
    return find(attribute) ? number(attribute) : otherwise;
}

double Element::at_least(const char* attribute, double least) const {
    const double value = number(attribute);
    if (value < least) refuse(attribute, "is too small", fmt::format("{} or more", least));
    return value;
}
double Element::at_least(const char* attribute, double least, double otherwise) const {
    return find(attribute) ? at_least(attribute, least) : otherwise;
}

std::int32_t Element::index(const char* attribute) const {
    const auto value = text(attribute);
    std::int32_t n = 0;
    const auto [end, error] = std::from_chars(value.data(), value.data() + value.size(), n);
    if (error != std::errc{} || end != value.data() + value.size() || n < 0) refuse(attribute, "is not an index", "a whole number from 0");
    return n;
}

bool Element::flag(const char* attribute, bool otherwise) const {
    const auto value = find(attribute);
    if (!value) return otherwise;
    for (const auto yes : {"1", "true", "True", "yes", "on", "x", "t"})
        if (*value == yes) return true;
    for (const auto no : {"0", "false", "False", "no", "off", "-", "f"})
        if (*value == no) return false;
    refuse(attribute, "is neither yes nor no", "true or false");
}

Element::Children Element::children() const {
    auto child = as_node(node_).first_child();
    while (child && child.type() != pugi::node_element) child = child.next_sibling();
    return {Element(*file_, child.internal_object()), Element(*file_, nullptr)};
}

std::optional<Element> Element::child(const char* name) const {
    const auto child = as_node(node_).child(name);
    if (!child) return std::nullopt;
    return Element(*file_, child.internal_object());
}

pugi::xml_node_struct* Element::next() const {
    auto sibling = as_node(node_).next_sibling();
    while (sibling && sibling.type() != pugi::node_element) sibling = sibling.next_sibling();
    return sibling.internal_object();
}

std::pair<std::string_view, std::string_view> Element::attribute_at(std::size_t i) const {
    auto a = as_node(node_).first_attribute();
    while (a && i > 0) a = a.next_attribute(), --i;
    return {a.name(), a.value()};
}

}  // namespace shahr::sumo
