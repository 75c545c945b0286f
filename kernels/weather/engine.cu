#include "kernels/weather/engine.h"

#include <algorithm>
#include <chrono>
#include <iterator>

#include "kernels/base/parallel_for.h"
#include "sim/city/weather.h"

namespace shahr::SHAHR_BACKEND::weather {
namespace {

using namespace std::chrono_literals;
using std::chrono::days;

double mean_of(const std::vector<double>& values, std::size_t begin, std::size_t end) {
    double sum = 0;
    for (std::size_t i = begin; i < end; ++i) sum += values[i];
    return sum / static_cast<double>(end - begin);
}

Site site_of(const Weather& w) {
    const double latitude = w.latitude_deg * degree;
    return {sin(latitude), cos(latitude), (w.longitude_deg - 15 * w.time_zone_h) / 15};
}

std::array<double, 12> month_means(const Weather& w) {
    using namespace std::chrono;
    std::array<double, 12> means{};
    const year any{w.has_leap_day() ? 2000 : 2001};
    for (unsigned month = 1; month <= 12; ++month) {
        const std::size_t begin = weather_row(w, sys_days{any / month / 1}, 0), end = weather_row(w, sys_days{any / month / last}, 23) + 1;
        means[month - 1] = mean_of(w.dry_bulb_c, begin, end);
    }
    return means;
}

// What is shown to people.
struct Shown {
    const char *name, *long_name, *unit;
};
constexpr Shown shown[] = {{"outdoor_temperature", "temperature of the outdoor air", "degC"},
                           {"wind_speed", "wind speed at 10 m", "m s-1"},
                           {"sky_infrared", "heat radiation from the sky on the horizontal", "W m-2"},
                           {"direct_normal_irradiance", "direct sunlight at right angles to it", "W m-2"},
                           {"diffuse_horizontal_irradiance", "sunlight from the sky on the horizontal", "W m-2"},
                           {"global_horizontal_irradiance", "sunlight on the horizontal", "W m-2"}};
constexpr std::size_t quantities = std::size(shown);

}  // namespace

WeatherEngine::WeatherEngine(const City& city, std::span<const Member> members, std::shared_ptr<Bus> bus) : bus_(std::move(bus)) {
    const Orientations orientations = orientations_of(city.envelopes);
    std::vector<double> normals;
    for (std::size_t i = 0; i < orientations.tilt_deg.size(); ++i) {
        const Direction n = normal_of(orientations.azimuth_deg[i] * degree, orientations.tilt_deg[i] * degree);
        normals.insert(normals.end(), {n.east, n.north, n.up});
    }
    normals_ = Array<double>(normals);
    orientations_ = static_cast<Index>(orientations.tilt_deg.size());
    lanes_ = longest_block * static_cast<Index>(members.size());
    weather_ = &bus_->open("weather", static_cast<Index>(WeatherRow::count), lanes_);
    planes_ = &bus_->open("planes", orientations_ * static_cast<Index>(PlaneRow::count), lanes_);
    for (const Member& member : members) 
        members_.push_back({member, site_of(*member.weather), {}, month_means(*member.weather), mean_of(member.weather->dry_bulb_c, 0, member.weather->hours()), std::vector<double>(quantities)});
    const Scenario& scenario = *members.front().scenario;
    const auto own = scenario.record.find("weather");
    each_step_ = (own == scenario.record.end() ? scenario.record_every : own->second) <= period();
}

OutdoorReading WeatherEngine::reading(const OfMember& m, Duration begin) const {
    const Weather& w = *m.member.weather;
    const auto first_midnight = m.member.scenario->first_day;
    const auto day = std::chrono::floor<days>(begin);
    const int hour = static_cast<int>((begin - day) / 1h);
    const std::chrono::sys_days date = first_midnight + day;
    const std::size_t at = weather_row(w, date, hour), before = at > 0 ? at - 1 : w.hours() - 1;
    const auto mid = [&](const std::vector<double>& column) { return (column[at] + column[before]) / 2; };
    OutdoorReading now;
    now.dry_bulb_c = mid(w.dry_bulb_c);
    now.wind_mps = mid(w.wind_mps);
    now.infrared_w_m2 = mid(w.infrared_w_m2);
    now.direct_normal_w_m2 = w.direct_normal_w_m2[at];
    now.diffuse_horizontal_w_m2 = w.diffuse_horizontal_w_m2[at];
    now.month_c = m.month_c[static_cast<unsigned>(std::chrono::year_month_day{date}.month()) - 1];
    now.year_c = m.year_c;
    now.day = static_cast<int>(at / 24) + 1;
    now.albedo = m.member.scenario->weather.albedo;
    now.begin_h = seconds(begin - day) / 3600;
    now.site = m.site;
    for (const auto& [order, shift] : m.active) {
        // The sky warms with the air: its emissivity stays.
        const double kelvin = now.dry_bulb_c + 273.15, ratio = (kelvin + shift.temperature_k) / kelvin;
        now.dry_bulb_c += shift.temperature_k;
        now.infrared_w_m2 *= ratio * ratio * ratio * ratio;
        now.direct_normal_w_m2 *= shift.sun_factor;
        now.diffuse_horizontal_w_m2 *= shift.sun_factor;
        now.wind_mps *= shift.wind_factor;
    }
    return now;
}

void WeatherEngine::write(const Tick& tick) {
    std::vector<OutdoorReading> readings;
    for (int step = 0; step < tick.steps; ++step)
        for (const OfMember& m : members_) {
            readings.push_back(reading(m, tick.now + step * tick.dt));
            readings.back().end_h = readings.back().begin_h + seconds(tick.dt) / 3600;
        }
    const auto used = static_cast<Index>(readings.size());
    const Array<OutdoorReading> on_device(readings);
    Array<Sky> skies(used);
    parallel_for(used, WriteOutdoors{on_device, lanes_, *weather_, skies});
    parallel_for(orientations_ * used, WritePlanes{normals_, skies, used, lanes_, *planes_});
    shown_.clear();
    for (const OutdoorReading& r : readings) {
        const double up = sun_between(r.site, sun_of_day(r.day), r.begin_h, r.end_h).up;
        shown_.insert(shown_.end(), {r.dry_bulb_c, r.wind_mps, r.infrared_w_m2, r.direct_normal_w_m2, r.diffuse_horizontal_w_m2, r.diffuse_horizontal_w_m2 + r.direct_normal_w_m2 * up});
    }
    latest_ = tick;
}

void WeatherEngine::start(Duration now) {
    write({now, 1h, 1});
}

void WeatherEngine::step(const Tick& tick) {
    write(tick);
    for (std::size_t i = 0; i < shown_.size(); ++i) members_[i / quantities % members_.size()].sums[i % quantities] += seconds(tick.dt) * shown_[i];
    interval_s_ += seconds(tick.dt) * tick.steps;
}

void WeatherEngine::set(const Intervention& intervention, bool active, MemberIndex member) {
    OfMember& m = members_[static_cast<std::size_t>(member)];
    const auto* shift = std::get_if<ShiftWeather>(&intervention.change);
    if (active && shift) m.active[intervention.order] = *shift;
    else m.active.erase(intervention.order);
}

void WeatherEngine::observe(Frame& frame, const Request& request, MemberIndex member) const {
    if (!request.wants("weather")) return;
    const OfMember& m = members_[static_cast<std::size_t>(member)];
    const int step = request.step >= 0 ? request.step : latest_.steps - 1;
    for (std::size_t q = 0; q < quantities; ++q) {
        const double now = shown_[(static_cast<std::size_t>(step) * members_.size() + static_cast<std::size_t>(member)) * quantities + q];
        const double value = interval_s_ == 0 ? math::not_a_number() : each_step_ ? now : m.sums[q] / interval_s_;
        frame.fields.push_back({"weather", shown[q].name, shown[q].long_name, shown[q].unit, RowKind::whole, CellMethod::mean, std::vector<double>{value}});
    }
}

void WeatherEngine::begin_interval(Duration, std::string_view) {
    interval_s_ = 0;
    for (OfMember& m : members_) std::fill(m.sums.begin(), m.sums.end(), 0.0);
}

void WeatherEngine::save(Archive& archive) const {
    archive.put(latest_.now.count());
    archive.put(latest_.dt.count());
    archive.put(latest_.steps);
    archive.put(interval_s_);
    for (const OfMember& m : members_) {
        std::vector<int> active;
        for (const auto& [order, shift] : m.active) active.push_back(order);
        archive.put(std::span<const int>(active));
        archive.put(std::span<const double>(m.sums));
    }
}

void WeatherEngine::load(Archive& archive) {
    Tick tick;
    tick.now = Duration{archive.get<Duration::rep>()};
    tick.dt = Duration{archive.get<Duration::rep>()};
    tick.steps = archive.get<int>();
    interval_s_ = archive.get<double>();
    for (OfMember& m : members_) {
        m.active.clear();
        for (const int order : archive.get_list<int>())
            for (const Intervention& known : m.member.scenario->interventions)
                if (const auto* shift = std::get_if<ShiftWeather>(&known.change); shift && known.order == order) m.active[order] = *shift;
        m.sums = archive.get_list<double>();
    }
    write(tick);
}

}  // namespace shahr::SHAHR_BACKEND::weather
