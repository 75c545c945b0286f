# Run at each build: writes the version header, and touches it only if the commit has changed.
execute_process(COMMAND git describe --always --dirty --abbrev=10 --exclude=* WORKING_DIRECTORY ${SOURCE}
  OUTPUT_VARIABLE COMMIT OUTPUT_STRIP_TRAILING_WHITESPACE ERROR_QUIET RESULT_VARIABLE status)
if(NOT status EQUAL 0)
  set(COMMIT "unknown")
endif()
configure_file(${SOURCE}/tools/version.h.in ${OUTPUT} @ONLY)
