#include "build/roxmltree.h"

#include <expat.h>

#include <climits>
#include <memory>

namespace buildable::build {
namespace {

// Expat joins a name and its namespace with it; no name can have it.
constexpr char separator = '\n';

class Reader {
 public:
  explicit Reader(std::string_view name)
      : name_(name), parser_(XML_ParserCreateNS("UTF-8", separator), XML_ParserFree) {
    XML_SetUserData(parser_.get(), this);
    XML_SetElementHandler(parser_.get(), on_start, on_end);
    XML_SetCharacterDataHandler(parser_.get(), on_text);
    XML_SetCommentHandler(parser_.get(), [](void* self, const XML_Char*) { of(self).close(); });
    XML_SetProcessingInstructionHandler(
        parser_.get(), [](void* self, const XML_Char*, const XML_Char*) { of(self).close(); });
    XML_SetStartDoctypeDeclHandler(
        parser_.get(), [](void* self, const XML_Char*, const XML_Char*, const XML_Char*, int) {
          of(self).refuse_document_type();
        });
  }

  XmlResult<RoxmltreeText> read(std::string_view document) {
    if (document.size() > INT_MAX)
      return tl::unexpected(XmlProblem{"the file is too large", 1, true});
    const auto status =
        XML_Parse(parser_.get(), document.data(), static_cast<int>(document.size()), XML_TRUE);
    if (status == XML_STATUS_OK) return std::move(found_);
    const auto line = static_cast<int>(XML_GetCurrentLineNumber(parser_.get()));
    if (document_type_) return tl::unexpected(XmlProblem{"XML with DTD detected", line});
    return tl::unexpected(XmlProblem{XML_ErrorString(XML_GetErrorCode(parser_.get())), line});
  }

 private:
  static Reader& of(void* self) { return *static_cast<Reader*>(self); }

  static void on_start(void* self, const XML_Char* name, const XML_Char**) {
    Reader& reader = of(self);
    const std::string_view full(name);
    const std::size_t at = full.rfind(separator);
    reader.open_ = full.substr(at == std::string_view::npos ? 0 : at + 1) == reader.name_;
    if (!reader.open_) return;
    reader.found_ = {{}, static_cast<int>(XML_GetCurrentLineNumber(reader.parser_.get()))};
  }
  static void on_end(void* self, const XML_Char*) { of(self).close(); }
  static void on_text(void* self, const XML_Char* text, int length) {
    Reader& reader = of(self);
    if (reader.open_) reader.found_.text.append(text, static_cast<std::size_t>(length));
  }

  void close() { open_ = false; }
  void refuse_document_type() {
    document_type_ = true;
    XML_StopParser(parser_.get(), XML_FALSE);
  }

  std::string_view name_;
  std::unique_ptr<XML_ParserStruct, decltype(&XML_ParserFree)> parser_;
  RoxmltreeText found_;
  bool open_ = false;  // in the text that the element begins with
  bool document_type_ = false;
};

}  // namespace

XmlResult<RoxmltreeText> read_roxmltree(std::string_view document, std::string_view name) {
  return Reader(name).read(document);
}

}  // namespace buildable::build
