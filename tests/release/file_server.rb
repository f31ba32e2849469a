# Files of a folder over HTTP, as a place of releases has them: FOLDER PORT.
require "socket"

folder, port = ARGV
server = TCPServer.new("127.0.0.1", port.to_i)
loop do
  Thread.new(server.accept) do |client|
    path = client.gets.to_s.split(" ")[1].to_s
    nil until client.gets.to_s.strip.empty?
    file = File.join(folder, File.basename(path))
    if File.file?(file)
      body = File.binread(file)
      client.write("HTTP/1.1 200 OK\r\nContent-Length: #{body.bytesize}\r\nConnection: close\r\n\r\n", body)
    else
      client.write("HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\nConnection: close\r\n\r\n")
    end
    client.close
  rescue SystemCallError, IOError
    client&.close
  end
end
