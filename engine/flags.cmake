# surplace_flags: how our own C is compiled and linked. Link it PRIVATE to every target of ours.
# It never reaches those who use the library.
include(CheckCCompilerFlag)
include(CheckCSourceCompiles)
include(CheckLinkerFlag)
include(CheckPIESupported)

add_library(surplace_flags INTERFACE)

# Spelled out because CMake knows C17 only since 3.21.
target_compile_options(surplace_flags INTERFACE
  -std=c17
  -Wall -Wextra -Wpedantic -Wshadow -Wconversion
  -Wstrict-prototypes -Wmissing-prototypes -Wundef -Wvla
  $<$<BOOL:${SURPLACE_WERROR}>:-Werror>
  -fvisibility=hidden
  # No path of the machine that builds gets into the program, so that two builds are the same bytes.
  -fmacro-prefix-map=${PROJECT_SOURCE_DIR}/=
  $<$<CONFIG:Debug>:-Og>)

if(SURPLACE_SANITIZE)
  target_compile_options(surplace_flags INTERFACE
    -fsanitize=${SURPLACE_SANITIZE} -fno-sanitize-recover=all -fno-omit-frame-pointer)
  target_link_options(surplace_flags INTERFACE -fsanitize=${SURPLACE_SANITIZE})
endif()
if(SURPLACE_BUILD_FUZZERS)
  if(NOT CMAKE_C_COMPILER_ID MATCHES "Clang")
    message(FATAL_ERROR "SURPLACE_BUILD_FUZZERS needs clang: cmake --preset fuzz")
  endif()
  target_compile_options(surplace_flags INTERFACE -fsanitize=fuzzer-no-link)
  target_link_options(surplace_flags INTERFACE -fsanitize=fuzzer-no-link)
endif()

# Hardening of what is shipped: not in debug builds, where it needs optimisation, nor under sanitizers,
# which do the same work better. PIE comes from POSITION_INDEPENDENT_CODE on every target.
check_pie_supported(LANGUAGES C)
set(hardened "$<NOT:$<CONFIG:Debug>>")
if(NOT SURPLACE_SANITIZE)
  foreach(flag IN ITEMS -fstack-protector-strong -fstack-clash-protection -fcf-protection)
    string(MAKE_C_IDENTIFIER "SURPLACE_HAS${flag}" has)
    # Clang takes some flags on machines where they do nothing, with a warning.
    set(CMAKE_REQUIRED_FLAGS -Werror)
    check_c_compiler_flag(${flag} ${has})
    unset(CMAKE_REQUIRED_FLAGS)
    if(${has})
      target_compile_options(surplace_flags INTERFACE $<${hardened}:${flag}>)
    endif()
  endforeach()

  foreach(flag IN ITEMS -Wl,-z,relro -Wl,-z,now -Wl,-z,noexecstack -Wl,--as-needed)
    string(MAKE_C_IDENTIFIER "SURPLACE_HAS${flag}" has)
    check_linker_flag(C ${flag} ${has})
    if(${has})
      target_link_options(surplace_flags INTERFACE $<${hardened}:${flag}>)
    endif()
  endforeach()

  # Level 3 needs gcc 12 or clang 9 with glibc 2.34; older ones say so with a warning.
  set(CMAKE_REQUIRED_FLAGS "-O2 -Werror -U_FORTIFY_SOURCE -D_FORTIFY_SOURCE=3")
  check_c_source_compiles("#include <string.h>\nint main(void) { return 0; }" SURPLACE_HAS_FORTIFY_3)
  unset(CMAKE_REQUIRED_FLAGS)
  if(SURPLACE_HAS_FORTIFY_3)
    set(fortify 3)
  else()
    set(fortify 2)
  endif()
  target_compile_options(surplace_flags INTERFACE
    "$<${hardened}:SHELL:-U_FORTIFY_SOURCE -D_FORTIFY_SOURCE=${fortify}>")
endif()
