// An XML file, plain or gzipped, as elements that know their line, so that every complaint can name its place.
#pragma once
#include <cstdint>
#include <filesystem>
#include <iterator>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "sim/base/point.h"

namespace pugi {
struct xml_node_struct;
}

namespace shahr::sumo {

class XmlFile;

// A handle: valid as long as its file. Getters with one argument throw InputError `file:line: key = value (why) what
// would be right` where the attribute is missing or is not such a value; those with two return the second if missing.
class Element {
public:
    Element(const XmlFile& file, pugi::xml_node_struct* node) : file_(&file), node_(node) {}

    std::string_view name() const;
    std::string where() const;                 // "file:line"
    [[noreturn]] void refuse(const char* attribute, std::string_view why, std::string_view right) const;

    std::optional<std::string_view> find(const char* attribute) const;
    std::string_view text(const char* attribute) const;
    std::string_view text(const char* attribute, std::string_view otherwise) const;
    double number(const char* attribute) const;
    double number(const char* attribute, double otherwise) const;
    double at_least(const char* attribute, double least) const;
    double at_least(const char* attribute, double least, double otherwise) const;
    std::int32_t index(const char* attribute) const;
    bool flag(const char* attribute, bool otherwise) const;

    // The elements inside, in order.
    class Children;
    Children children() const;
    std::optional<Element> child(const char* name) const;

    // f(name, value) for every attribute.
    template <class F>
    void attributes(F&& f) const {
        for (std::size_t i = 0;; ++i) {
            const auto a = attribute_at(i);
            if (a.first.empty()) return;
            f(a.first, a.second);
        }
    }

private:
    std::pair<std::string_view, std::string_view> attribute_at(std::size_t i) const;
    pugi::xml_node_struct* next() const;
    const XmlFile* file_;
    pugi::xml_node_struct* node_;
};

class Element::Children {
public:
    class Iterator {
    public:
        using iterator_category = std::input_iterator_tag;
        using value_type = Element;
        using difference_type = std::ptrdiff_t;
        Element operator*() const { return at_; }
        Iterator& operator++() { return at_.node_ = at_.next(), *this; }
        bool operator==(const Iterator& other) const { return at_.node_ == other.at_.node_; }
        Element at_;
    };
    Children(Element first, Element end) : first_(first), end_(end) {}
    Iterator begin() const { return {first_}; }
    Iterator end() const { return {end_}; }

private:
    Element first_, end_;
};

class XmlFile {
public:
    // Throws InputError if the file is missing, is a broken gzip stream, is not well-formed XML, or its root has another
    // name; "" accepts every root, as SUMO does for all but networks.
    XmlFile(const std::filesystem::path& path, std::string_view root_name);
    // The same from memory; `name` stands for the file in messages.
    XmlFile(std::string text, const std::filesystem::path& name, std::string_view root_name);
    ~XmlFile();
    XmlFile(XmlFile&&) noexcept;

    Element root() const;
    std::string where(std::ptrdiff_t byte) const;

private:
    void parse(std::string_view root_name);
    struct Document;
    std::string path_;
    std::unique_ptr<Document> document_;
};

}  // namespace shahr::sumo
