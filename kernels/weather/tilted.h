// Sunlight on tilted planes: Perez, Ineichen, Seals, Michalsky, Stewart, "Modeling daylight availability and irradiance
// components from direct and global irradiance", Solar Energy 44(5), 1990; equations 1, 2, 9 and table 6.
#pragma once
#include "kernels/weather/sun.h"

namespace shahr::SHAHR_BACKEND::weather {

// How bright the sky is where: what the planes of one hour share. All irradiances in W/m2.
struct Sky {
    Direction sun;                             // up = 0: below the horizon
    double direct_normal = 0;
    double isotropic = 0;                      // horizontal, from the whole dome
    double circumsolar = 0;                    // horizontal share that comes from around the sun, before the ratio a/b
    double horizon = 0;                        // from the band at the horizon, on a vertical plane
    double ground = 0;                         // reflected by the ground, on a plane that sees nothing else
};

// On one plane.
struct OnPlane {
    double cos_incidence = 0;                  // of the direct light; 0: it does not reach the plane
    double direct = 0;                         // of the sun and its aureole
    double sky = 0;                            // of the dome
    double horizon = 0;
    double ground = 0;
    SHAHR_HD double total() const { return direct + sky + horizon + ground; }
};

// `diffuse` on the horizontal plane. The horizon's part may be negative under an overcast sky.
SHAHR_HD inline Sky perez_sky(Direction sun, const SunDay& day, double direct_normal, double diffuse, double albedo) {
    constexpr double f11[] = {-0.008, 0.130, 0.330, 0.568, 0.873, 1.132, 1.060, 0.678};
    constexpr double f12[] = {0.588, 0.683, 0.487, 0.187, -0.392, -1.237, -1.600, -0.327};
    constexpr double f13[] = {-0.062, -0.151, -0.221, -0.295, -0.362, -0.412, -0.359, -0.250};
    constexpr double f21[] = {-0.060, -0.019, 0.055, 0.109, 0.226, 0.288, 0.264, 0.156};
    constexpr double f22[] = {0.072, 0.066, -0.064, -0.152, -0.462, -0.823, -1.127, -1.377};
    constexpr double f23[] = {-0.022, -0.029, -0.026, -0.014, 0.001, 0.056, 0.131, 0.251};
    constexpr double bin_end[] = {1.065, 1.230, 1.500, 1.950, 2.800, 4.500, 6.200};

    Sky sky{sun, direct_normal, diffuse, 0, 0, albedo * (diffuse + direct_normal * sun.up)};
    if (sun.up <= 0) sky.direct_normal = 0, sky.ground = albedo * diffuse;
    if (sun.up <= 0 || diffuse <= 0) return sky;
    const double zenith = angle_of_cosine(sun.up), cube = 1.041 * zenith * zenith * zenith;
    const double clearness = ((diffuse + direct_normal) / diffuse + cube) / (1 + cube);
    int bin = 0;
    while (bin < 7 && clearness >= bin_end[bin]) ++bin;
    // Kasten and Young 1989.
    const double air_mass = 1 / (sun.up + 0.50572 * pow(96.07995 - zenith / degree, -1.6364));
    const double brightness = diffuse * air_mass / day.normal_w_m2;
    const double f1 = f11[bin] + f12[bin] * brightness + f13[bin] * zenith;
    const double f2 = f21[bin] + f22[bin] * brightness + f23[bin] * zenith;
    const double around = f1 < 0 ? 0 : f1;
    sky.isotropic = diffuse * (1 - around);
    sky.circumsolar = diffuse * around;
    sky.horizon = diffuse * f2;
    return sky;
}

SHAHR_HD inline OnPlane on_plane(const Sky& sky, Direction normal) {
    OnPlane out;
    const double incidence = dot(sky.sun, normal), cos_85 = 0.08715574;
    const double level = sqrt(normal.up < 1 && normal.up > -1 ? 1 - normal.up * normal.up : 0);
    if (sky.sun.up > 0 && incidence > 0) {
        out.cos_incidence = incidence < 1 ? incidence : 1;
        out.direct = sky.direct_normal * incidence + sky.circumsolar * incidence / (sky.sun.up > cos_85 ? sky.sun.up : cos_85);
    }
    out.sky = sky.isotropic * (1 + normal.up) / 2;
    out.horizon = sky.horizon * level;
    if (out.sky + out.horizon < 0) out.horizon = -out.sky;
    out.ground = sky.ground * (1 - normal.up) / 2;
    return out;
}

}  // namespace shahr::SHAHR_BACKEND::weather
