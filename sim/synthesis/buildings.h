// What is assumed of a building where no tag says it: storeys, people, jobs, pupils. Handbook values without one source unless
// named; they decide how a city's people and jobs are spread, not how many they are: both are scaled to a total.
#pragma once
#include "sim/city/land.h"

namespace shahr {

// A dwelling by its footprint: detached and terraced houses stay below 250 m2.
BuildingUse dwelling_of_size(double footprint_m2);

// What a building is of which nothing but its size is known: below 40 m2 a garage, from 3000 m2 on a hall (counted as
// industry: blocks of flats are 12 to 15 m deep and rarely 200 m long), else a dwelling.
BuildingUse use_of_size(double footprint_m2);

// Storeys where they are not tagged. Apartments: 3 up to 300 m2, 4 up to 600, else 5 (the panel blocks of the 1960s to 80s).
double usual_levels(BuildingUse use, double footprint_m2);

bool is_dwelling(BuildingUse use);

// Gross floor area per job, m2; 0: no jobs. After the ranges of the UK's employment density guides: office 16,
// high-street shop 20, restaurant 18, light industry 45, warehouse 80, school 95, hospital 45.
double m2_per_job(BuildingUse use);

// Gross floor area per place for a child or student, m2: school 10, kindergarten 10, university 14; 0: none.
double m2_per_pupil(BuildingUse use);

inline constexpr double net_of_gross = 0.78;   // dwelling area over gross floor area (0.75 to 0.8)
// Dwelling area per person: 30 m2, as in Almaty and Astana; 24 in Kazakhstan as a whole, 39 in Germany and France.
inline constexpr double dwelling_m2_per_person = 30;

// Floor area over land where commercial, retail or industrial land has no mapped buildings.
double usual_floor_area_ratio(LandUse land_use);

}  // namespace shahr
