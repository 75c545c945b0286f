// The OpenGL 3.3 core functions that we call, found at run time: the program starts where there is no OpenGL at all.
#pragma once
#include <GL/glcorearb.h>

namespace shahr::gl {

#define SHAHR_GL_FUNCTIONS(X)                                                                                             \
    X(ACTIVETEXTURE, ActiveTexture) X(ATTACHSHADER, AttachShader) X(BINDBUFFER, BindBuffer)                               \
    X(BINDFRAMEBUFFER, BindFramebuffer) X(BINDRENDERBUFFER, BindRenderbuffer) X(BINDTEXTURE, BindTexture)                 \
    X(BINDVERTEXARRAY, BindVertexArray) X(BLENDFUNCSEPARATE, BlendFuncSeparate) X(BLITFRAMEBUFFER, BlitFramebuffer)       \
    X(BUFFERDATA, BufferData) X(CHECKFRAMEBUFFERSTATUS, CheckFramebufferStatus) X(CLEAR, Clear)                           \
    X(CLEARCOLOR, ClearColor) X(COMPILESHADER, CompileShader) X(CREATEPROGRAM, CreateProgram)                             \
    X(CREATESHADER, CreateShader) X(DELETEBUFFERS, DeleteBuffers) X(DELETEFRAMEBUFFERS, DeleteFramebuffers)               \
    X(DELETEPROGRAM, DeleteProgram) X(DELETERENDERBUFFERS, DeleteRenderbuffers) X(DELETESHADER, DeleteShader)             \
    X(DELETETEXTURES, DeleteTextures) X(DELETEVERTEXARRAYS, DeleteVertexArrays) X(DISABLE, Disable)                       \
    X(DRAWARRAYS, DrawArrays) X(DRAWARRAYSINSTANCED, DrawArraysInstanced) X(ENABLE, Enable)                               \
    X(ENABLEVERTEXATTRIBARRAY, EnableVertexAttribArray) X(FINISH, Finish)                                                 \
    X(FRAMEBUFFERRENDERBUFFER, FramebufferRenderbuffer)                                                                   \
    X(GENBUFFERS, GenBuffers) X(GENFRAMEBUFFERS, GenFramebuffers) X(GENRENDERBUFFERS, GenRenderbuffers)                   \
    X(GENTEXTURES, GenTextures) X(GENVERTEXARRAYS, GenVertexArrays) X(GETINTEGERV, GetIntegerv)                           \
    X(GETPROGRAMINFOLOG, GetProgramInfoLog) X(GETPROGRAMIV, GetProgramiv) X(GETSHADERINFOLOG, GetShaderInfoLog)           \
    X(GETSHADERIV, GetShaderiv) X(GETSTRING, GetString) X(GETUNIFORMLOCATION, GetUniformLocation)                         \
    X(LINKPROGRAM, LinkProgram) X(PIXELSTOREI, PixelStorei) X(READPIXELS, ReadPixels)                                     \
    X(RENDERBUFFERSTORAGE, RenderbufferStorage) X(RENDERBUFFERSTORAGEMULTISAMPLE, RenderbufferStorageMultisample)         \
    X(SHADERSOURCE, ShaderSource) X(TEXBUFFER, TexBuffer) X(UNIFORM1F, Uniform1f) X(UNIFORM1I, Uniform1i)                 \
    X(UNIFORM2F, Uniform2f) X(UNIFORM4FV, Uniform4fv) X(USEPROGRAM, UseProgram)                                           \
    X(VERTEXATTRIBDIVISOR, VertexAttribDivisor) X(VERTEXATTRIBIPOINTER, VertexAttribIPointer)                             \
    X(VERTEXATTRIBPOINTER, VertexAttribPointer) X(VIEWPORT, Viewport)

#define SHAHR_GL_DECLARE(TYPE, NAME) inline PFNGL##TYPE##PROC NAME = nullptr;
SHAHR_GL_FUNCTIONS(SHAHR_GL_DECLARE)
#undef SHAHR_GL_DECLARE

using AnyFunction = void (*)();

// With the context current. Throws DeviceError if a function is missing: the driver is older than OpenGL 3.3.
void load(AnyFunction (*find)(const char* name));

}  // namespace shahr::gl
