package io.throughline.journey.rule.file;

/// One thing wrong with a rule file.
///
/// @param line from 1; 0 where the fault has no place in the file
/// @param pointer RFC 6901 JSON pointer into the document
/// @param detail what was expected there, in words for the rule's author
public record RuleFault(String file, int line, int column, String pointer, String detail) {

    @Override
    public String toString() {
        return file + (line > 0 ? ":" + line + ":" + column : "") + (pointer.isEmpty() ? "" : " " + pointer) + ": " + detail;
    }
}
