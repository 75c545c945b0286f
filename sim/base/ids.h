// Rows of tables. An id is the number of a row in one kind of table; an id of one kind cannot index another.
#pragma once
#include <cassert>
#include <compare>
#include <cstddef>
#include <cstdint>
#include <span>
#include <type_traits>
#include <utility>
#include <vector>

namespace shahr {

template <class Id>
concept RowId = std::is_enum_v<Id> && std::is_same_v<std::underlying_type_t<Id>, std::int32_t>;

// The id that stands for "no row".
template <RowId Id>
inline constexpr Id none{-1};

template <RowId Id>
constexpr bool is_some(Id id) {
    return static_cast<std::int32_t>(id) >= 0;
}

// The row's number, for arithmetic and for plain arrays.
template <RowId Id>
constexpr std::int32_t number(Id id) {
    return static_cast<std::int32_t>(id);
}

template <RowId Id>
constexpr std::size_t row(Id id) {
    return static_cast<std::size_t>(number(id));
}

template <RowId Id, class N>
constexpr Id as_id(N n) {
    return static_cast<Id>(static_cast<std::int32_t>(n));
}

// `for (RoadId road : rows(roads.id))`: all ids of a column, in order.
template <RowId Id>
class IdRange {
public:
    class Iterator {
    public:
        using difference_type = std::int32_t;
        using value_type = Id;
        Id operator*() const { return Id{at_}; }
        Iterator& operator++() { return ++at_, *this; }
        Iterator operator++(int) { return Iterator{at_++}; }
        bool operator==(const Iterator&) const = default;
        std::int32_t at_ = 0;
    };
    constexpr IdRange(std::int32_t begin, std::int32_t end) : begin_(begin), end_(end) {}
    Iterator begin() const { return {begin_}; }
    Iterator end() const { return {end_}; }
    std::int32_t size() const { return end_ - begin_; }
    bool empty() const { return begin_ == end_; }

private:
    std::int32_t begin_, end_;
};

// One value per row of a table.
template <RowId Id, class T>
class Column {
public:
    using value_type = T;
    using id_type = Id;

    Column() = default;
    explicit Column(std::size_t rows, const T& value = {}) : values_(rows, value) {}
    Column(std::initializer_list<T> values) : values_(values) {}

    T& operator[](Id id) { return assert(row(id) < values_.size()), values_[row(id)]; }
    const T& operator[](Id id) const { return assert(row(id) < values_.size()), values_[row(id)]; }

    Id push_back(T value) {
        values_.push_back(std::move(value));
        return as_id<Id>(values_.size() - 1);
    }
    void resize(std::size_t rows, const T& value = {}) { values_.resize(rows, value); }
    void reserve(std::size_t rows) { values_.reserve(rows); }
    void clear() { values_.clear(); }

    std::size_t size() const { return values_.size(); }
    bool empty() const { return values_.empty(); }
    std::span<const T> span() const { return values_; }
    std::span<T> span() { return values_; }
    std::vector<T>& vector() { return values_; }
    const std::vector<T>& vector() const { return values_; }
    auto begin() const { return values_.begin(); }
    auto end() const { return values_.end(); }
    auto begin() { return values_.begin(); }
    auto end() { return values_.end(); }
    bool operator==(const Column&) const = default;

private:
    std::vector<T> values_;
};

template <RowId Id, class T>
IdRange<Id> rows(const Column<Id, T>& column) {
    return {0, static_cast<std::int32_t>(column.size())};
}

// A list of values per row, stored end to end (compressed sparse rows).
template <RowId Id, class T>
class Lists {
public:
    using value_type = T;
    using id_type = Id;

    std::span<const T> operator[](Id id) const { return std::span(items_).subspan(first(id), count(id)); }
    std::span<T> operator[](Id id) { return std::span(items_).subspan(first(id), count(id)); }

    template <class Range>
    Id push_back(const Range& list) {
        items_.insert(items_.end(), std::begin(list), std::end(list));
        offsets_.push_back(static_cast<std::int64_t>(items_.size()));
        return as_id<Id>(size() - 1);
    }
    Id push_back(std::initializer_list<T> list) { return push_back(std::span<const T>(list.begin(), list.size())); }
    void clear() { *this = {}; }

    // offsets().size() == size() + 1; row i owns items [offsets[i], offsets[i + 1]).
    std::span<const std::int64_t> offsets() const { return offsets_; }
    std::span<const T> items() const { return items_; }
    std::span<T> items() { return items_; }
    std::size_t size() const { return offsets_.size() - 1; }
    bool empty() const { return size() == 0; }
    void assign(std::vector<std::int64_t> offsets, std::vector<T> items) {
        assert(!offsets.empty() && offsets.back() == static_cast<std::int64_t>(items.size()));
        offsets_ = std::move(offsets);
        items_ = std::move(items);
    }
    bool operator==(const Lists&) const = default;

private:
    std::size_t first(Id id) const { return static_cast<std::size_t>(offsets_[row(id)]); }
    std::size_t count(Id id) const { return static_cast<std::size_t>(offsets_[row(id) + 1]) - first(id); }
    std::vector<std::int64_t> offsets_{0};
    std::vector<T> items_;
};

// Children stored in the order of their parents: the children of each parent as a range of ids.
// `parent_of` must be ascending and without `none`.
template <RowId Child, RowId Parent>
class Children {
public:
    Children() = default;
    Children(const Column<Child, Parent>& parent_of, std::size_t parents) : first_(parents + 1, 0) {
        for (Parent p : parent_of) ++first_[row(p) + 1];
        for (std::size_t i = 0; i < parents; ++i) first_[i + 1] += first_[i];
    }
    IdRange<Child> operator[](Parent p) const { return {first_[row(p)], first_[row(p) + 1]}; }
    std::span<const std::int32_t> offsets() const { return first_; }

private:
    std::vector<std::int32_t> first_{0};
};

}  // namespace shahr
