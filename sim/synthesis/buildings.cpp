#include "sim/synthesis/buildings.h"

namespace shahr {

BuildingUse dwelling_of_size(double footprint_m2) {
    return footprint_m2 < 250 ? BuildingUse::house : BuildingUse::apartments;
}

BuildingUse use_of_size(double footprint_m2) {
    return footprint_m2 < 40 ? BuildingUse::garage : footprint_m2 < 3000 ? dwelling_of_size(footprint_m2) : BuildingUse::industry;
}

bool is_dwelling(BuildingUse use) {
    return use == BuildingUse::house || use == BuildingUse::apartments;
}

double usual_levels(BuildingUse use, double footprint_m2) {
    switch (use) {
        case BuildingUse::house: return 1.5;
        case BuildingUse::apartments: return footprint_m2 <= 300 ? 3 : footprint_m2 <= 600 ? 4 : 5;
        case BuildingUse::office: return footprint_m2 <= 1500 ? 3 : 1;  // the halls of trading estates
        case BuildingUse::hotel:
        case BuildingUse::university:
        case BuildingUse::hospital: return 4;
        case BuildingUse::school: return 2.5;
        case BuildingUse::kindergarten:
        case BuildingUse::public_: return 2;
        default: return 1;
    }
}

double m2_per_job(BuildingUse use) {
    switch (use) {
        case BuildingUse::office: return 16;
        case BuildingUse::shop: return 20;
        case BuildingUse::restaurant: return 18;
        case BuildingUse::hotel: return 60;
        case BuildingUse::school:
        case BuildingUse::kindergarten: return 95;
        case BuildingUse::university: return 60;
        case BuildingUse::hospital:
        case BuildingUse::industry: return 45;
        case BuildingUse::warehouse: return 80;
        case BuildingUse::public_: return 35;
        case BuildingUse::leisure: return 70;
        default: return 0;
    }
}

double m2_per_pupil(BuildingUse use) {
    switch (use) {
        case BuildingUse::school:
        case BuildingUse::kindergarten: return 10;
        case BuildingUse::university: return 14;
        default: return 0;
    }
}

double usual_floor_area_ratio(LandUse land_use) {
    switch (land_use) {
        case LandUse::commercial: return 0.6;
        case LandUse::retail: return 0.4;
        case LandUse::industrial: return 0.35;
        default: return 0;
    }
}

}  // namespace shahr
