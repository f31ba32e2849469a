# Puts a file into a target as read-only data: src/base/embedded_file.h gives it a function `name()`.
# An assembler includes the bytes: a C++ compiler would take seconds for a megabyte.
function(buildable_embedded_file target name path)
  set(assembly ${PROJECT_BINARY_DIR}/embedded/${name}.S)
  file(CONFIGURE OUTPUT ${assembly} CONTENT
"  .section .rodata
  .balign 16
  .global buildable_file_${name}_begin
buildable_file_${name}_begin:
  .incbin \"${path}\"
  .global buildable_file_${name}_end
buildable_file_${name}_end:
  .byte 0
  .section .note.GNU-stack, \"\", %progbits
" @ONLY)
  set_source_files_properties(${assembly} PROPERTIES OBJECT_DEPENDS ${path})
  target_sources(${target} PRIVATE ${assembly})
endfunction()
