#include "render/map_painter.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <string>

#include "render/gl.h"
#include "render/map_shaders.h"
#include "sim/base/error.h"

namespace shahr {
namespace {

GLuint compile(GLenum kind, const char* source) {
    const GLuint shader = gl::CreateShader(kind);
    gl::ShaderSource(shader, 1, &source, nullptr);
    gl::CompileShader(shader);
    GLint done = 0;
    gl::GetShaderiv(shader, GL_COMPILE_STATUS, &done);
    if (done) return shader;
    std::array<char, 1024> log{};
    gl::GetShaderInfoLog(shader, log.size(), nullptr, log.data());
    throw DeviceError(std::string("the graphics driver (does not take a shader: ") + log.data() + ") one for OpenGL 3.3 or later");
}

GLuint link(const char* vertex_source, const char* fragment_source) {
    const GLuint vertex = compile(GL_VERTEX_SHADER, vertex_source), fragment = compile(GL_FRAGMENT_SHADER, fragment_source);
    const GLuint program = gl::CreateProgram();
    gl::AttachShader(program, vertex);
    gl::AttachShader(program, fragment);
    gl::LinkProgram(program);
    gl::DeleteShader(vertex);
    gl::DeleteShader(fragment);
    GLint done = 0;
    gl::GetProgramiv(program, GL_LINK_STATUS, &done);
    if (done) return program;
    std::array<char, 1024> log{};
    gl::GetProgramInfoLog(program, log.size(), nullptr, log.data());
    throw DeviceError(std::string("the graphics driver (does not link a shader: ") + log.data() + ") one for OpenGL 3.3 or later");
}

const void* at(std::size_t offset) {
    return reinterpret_cast<const void*>(offset);
}

std::array<float, 4> as_floats(Colour c) {
    constexpr float full = 255;
    return {static_cast<float>(c.r) / full, static_cast<float>(c.g) / full, static_cast<float>(c.b) / full, static_cast<float>(c.a) / full};
}

void set_colour(GLint uniform, Colour c) {
    gl::Uniform4fv(uniform, 1, as_floats(c).data());
}

// Beyond this many metres per pixel, service roads, ditches and buildings are only noise.
constexpr double detail_limit_m = 12;

}  // namespace

MapPainter::MapPainter(const MapGeometry& map) : map_(map) {
    fill_program_ = link(shaders::fill_vertex, shaders::fill_fragment);
    line_program_ = link(shaders::line_vertex, shaders::line_fragment);
    gl::GenBuffers(buffer_count, buffers_);
    gl::GenVertexArrays(3, arrays_);
    upload(area_vertices, map.areas.data(), map.areas.size() * sizeof(FillVertex));
    upload(building_vertices, map.buildings.data(), map.buildings.size() * sizeof(FillVertex));
    upload(line_pieces, map.pieces.data(), map.pieces.size() * sizeof(LinePiece));
    make_fill(0, area_vertices);
    make_fill(1, building_vertices);
    make_lines();
    gl::GenTextures(1, &colour_texture_);
}

MapPainter::~MapPainter() {
    gl::DeleteTextures(1, &colour_texture_);
    gl::DeleteVertexArrays(3, arrays_);
    gl::DeleteBuffers(buffer_count, buffers_);
    gl::DeleteProgram(fill_program_);
    gl::DeleteProgram(line_program_);
}

void MapPainter::upload(Buffer buffer, const void* data, std::size_t size) const {
    gl::BindBuffer(GL_ARRAY_BUFFER, buffers_[buffer]);
    gl::BufferData(GL_ARRAY_BUFFER, static_cast<GLsizeiptr>(size), data, buffer == colours ? GL_DYNAMIC_DRAW : GL_STATIC_DRAW);
}

void MapPainter::make_fill(int which, Buffer buffer) {
    gl::BindVertexArray(arrays_[which]);
    gl::BindBuffer(GL_ARRAY_BUFFER, buffers_[buffer]);
    gl::EnableVertexAttribArray(0);
    gl::VertexAttribPointer(0, 2, GL_FLOAT, GL_FALSE, sizeof(FillVertex), at(0));
    gl::EnableVertexAttribArray(1);
    gl::VertexAttribIPointer(1, 1, GL_UNSIGNED_INT, sizeof(FillVertex), at(offsetof(FillVertex, paint)));
    gl::EnableVertexAttribArray(2);
    gl::VertexAttribIPointer(2, 1, GL_INT, sizeof(FillVertex), at(offsetof(FillVertex, building)));
}

void MapPainter::make_lines() {
    gl::BindVertexArray(arrays_[2]);
    for (GLuint attribute = 0; attribute < 3; ++attribute) {
        gl::EnableVertexAttribArray(attribute);
        gl::VertexAttribDivisor(attribute, 1);
    }
}

void MapPainter::fill(const MapView& view, int which, std::size_t vertices) const {
    const Camera& camera = view.camera;
    gl::UseProgram(fill_program_);
    gl::Uniform2f(gl::GetUniformLocation(fill_program_, "centre"), static_cast<float>(camera.centre.x_m), static_cast<float>(camera.centre.y_m));
    gl::Uniform2f(gl::GetUniformLocation(fill_program_, "to_clip"), static_cast<float>(2 / (camera.metres_per_pixel * camera.width)),
                  static_cast<float>(2 / (camera.metres_per_pixel * camera.height)));
    std::array<std::array<float, 4>, Paper::paint_count> paints;
    std::transform(view.paper->paints.begin(), view.paper->paints.end(), paints.begin(), as_floats);
    gl::Uniform4fv(gl::GetUniformLocation(fill_program_, "paints"), static_cast<GLsizei>(paints.size()), paints[0].data());
    gl::Uniform1i(gl::GetUniformLocation(fill_program_, "colours"), 0);
    gl::Uniform1i(gl::GetUniformLocation(fill_program_, "first_building"), view.along == Along::buildings ? static_cast<GLint>(map_.road_count) : -1);
    gl::ActiveTexture(GL_TEXTURE0);
    gl::BindTexture(GL_TEXTURE_BUFFER, colour_texture_);
    gl::BindVertexArray(arrays_[which]);
    gl::DrawArrays(GL_TRIANGLES, 0, static_cast<GLsizei>(vertices));
}

void MapPainter::set_line_view(const MapView& view) const {
    const Camera& camera = view.camera;
    gl::UseProgram(line_program_);
    gl::Uniform2f(gl::GetUniformLocation(line_program_, "centre"), static_cast<float>(camera.centre.x_m), static_cast<float>(camera.centre.y_m));
    gl::Uniform2f(gl::GetUniformLocation(line_program_, "half_screen"), static_cast<float>(camera.width / 2), static_cast<float>(camera.height / 2));
    gl::Uniform1f(gl::GetUniformLocation(line_program_, "pixels_per_metre"), static_cast<float>(1 / camera.metres_per_pixel));
    gl::Uniform1i(gl::GetUniformLocation(line_program_, "colours"), 0);
    gl::Uniform1i(gl::GetUniformLocation(line_program_, "only_road"), -1);
    gl::BindVertexArray(arrays_[2]);
    gl::BindBuffer(GL_ARRAY_BUFFER, buffers_[line_pieces]);
    gl::ActiveTexture(GL_TEXTURE0);
    gl::BindTexture(GL_TEXTURE_BUFFER, colour_texture_);
}

void MapPainter::lines(const MapView& view, const LineStratum& stratum, float extra_px, Colour fixed) const {
    const auto scale = static_cast<float>(view.pixel_scale);
    gl::Uniform1f(gl::GetUniformLocation(line_program_, "least_width"), stratum.least_width_px * scale);
    gl::Uniform1f(gl::GetUniformLocation(line_program_, "extra"), extra_px * scale);
    set_colour(gl::GetUniformLocation(line_program_, "fixed_colour"), fixed);
    // OpenGL 3.3 has no first instance: the attributes start at the stratum instead.
    const std::size_t start = stratum.first * sizeof(LinePiece);
    gl::VertexAttribPointer(0, 4, GL_FLOAT, GL_FALSE, sizeof(LinePiece), at(start));
    gl::VertexAttribPointer(1, 2, GL_FLOAT, GL_FALSE, sizeof(LinePiece), at(start + offsetof(LinePiece, width_m)));
    gl::VertexAttribIPointer(2, 1, GL_INT, sizeof(LinePiece), at(start + offsetof(LinePiece, road)));
    gl::DrawArraysInstanced(GL_TRIANGLE_STRIP, 0, 4, static_cast<GLsizei>(stratum.count));
}

void MapPainter::draw_roads(const MapView& view) const {
    const bool near = view.camera.metres_per_pixel * view.pixel_scale < detail_limit_m;
    const Colour own{0, 0, 0, 0};
    for (const LineStratum& stratum : map_.roads)
        if (near || !stratum.detail) lines(view, stratum, stratum.least_width_px > 1 ? 0.9f : 0.4f, view.recorded ? view.paper->rim : view.paper->casing);
    for (const LineStratum& stratum : map_.roads)
        if (near || !stratum.detail) lines(view, stratum, 0, own);
    if (!is_some(view.selected)) return;
    gl::Uniform1i(gl::GetUniformLocation(line_program_, "only_road"), number(view.selected));
    for (const LineStratum& stratum : map_.roads) lines(view, stratum, 3, view.paper->selection);
    for (const LineStratum& stratum : map_.roads) lines(view, stratum, 1, own);
}

void MapPainter::draw_network(const MapView& view, const std::vector<LineStratum>& strata) const {
    set_line_view(view);
    for (const LineStratum& stratum : strata) lines(view, stratum, 0.6f, view.paper->rim);
    for (const LineStratum& stratum : strata) lines(view, stratum, 0, Colour{0, 0, 0, 0});
}

void MapPainter::draw(const MapView& view) {
    gl::Viewport(0, 0, static_cast<GLsizei>(view.camera.width), static_cast<GLsizei>(view.camera.height));
    const auto ground = as_floats(view.paper->ground);
    gl::ClearColor(ground[0], ground[1], ground[2], 1);
    gl::Clear(GL_COLOR_BUFFER_BIT);
    gl::Enable(GL_BLEND);
    gl::BlendFuncSeparate(GL_SRC_ALPHA, GL_ONE_MINUS_SRC_ALPHA, GL_ONE, GL_ONE_MINUS_SRC_ALPHA);
    upload(colours, view.colours.data(), view.colours.size() * sizeof(Colour));
    gl::BindTexture(GL_TEXTURE_BUFFER, colour_texture_);
    gl::TexBuffer(GL_TEXTURE_BUFFER, GL_RGBA8, buffers_[colours]);

    if (view.areas) fill(view, 0, map_.areas.size());
    if (view.rivers) {
        set_line_view(view);
        const bool near = view.camera.metres_per_pixel * view.pixel_scale < detail_limit_m;
        for (const LineStratum& stratum : map_.rivers)
            if (near || !stratum.detail) lines(view, stratum, 0, view.paper->land(LandUse::water));
    }
    if (view.buildings && (view.along == Along::buildings || view.camera.metres_per_pixel * view.pixel_scale < detail_limit_m)) fill(view, 1, map_.buildings.size());
    if (view.roads) {
        set_line_view(view);
        draw_roads(view);
    }
    if (view.along == Along::mains) draw_network(view, map_.mains);
    if (view.along == Along::branches) draw_network(view, map_.branches);
}

}  // namespace shahr
