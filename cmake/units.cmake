# Writes the systemd units below `root`, installed and among the documents, as they call the program below
# `prefix`. In docs/jobs they stand for /usr.
function(buildable_write_units root prefix documents)
  set(jobs ${CMAKE_CURRENT_FUNCTION_LIST_DIR}/../docs/jobs)
  file(GLOB units RELATIVE ${jobs} ${jobs}/*.service)
  foreach(unit ${units})
    file(READ ${jobs}/${unit} text)
    string(REPLACE "/usr/bin/buildable" "${prefix}/bin/buildable" text "${text}")
    string(REPLACE "/usr/share/doc/buildable" "${prefix}/${documents}" text "${text}")
    foreach(folder lib/systemd/system ${documents}/docs/jobs)
      file(WRITE ${root}/${folder}/${unit} "${text}")
    endforeach()
  endforeach()
endfunction()
