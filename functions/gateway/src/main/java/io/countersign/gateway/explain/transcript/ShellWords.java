package io.countersign.gateway.explain.transcript;

import java.util.ArrayList;
import java.util.List;

/**
 * Splits a command line into words as a POSIX shell does: it ends at a line end, {@code ;}, {@code &} or {@code |} outside of quotes. Variables are not expanded.
 *
 * @param rest the text after the last line of the command
 */
record ShellWords(List<String> words, String rest) {
    private static final String ENDS = "\n;&|";
    private static final String ESCAPED_IN_QUOTES = "\"\\$`";
    /** Line continuations of POSIX shells, Windows and PowerShell. */
    private static final String CONTINUES = "\\^`";

    ShellWords {
        words = List.copyOf(words);
    }

    static ShellWords of(String text) {
        List<String> words = new ArrayList<>();
        StringBuilder word = new StringBuilder();
        boolean inWord = false;
        char quote = 0;
        int i = 0;
        for (; i < text.length(); i++) {
            char c = text.charAt(i);
            char next = i + 1 < text.length() ? text.charAt(i + 1) : 0;
            if (quote != 0 && c == quote) {
                quote = 0;
            } else if (CONTINUES.indexOf(c) >= 0 && next == '\n' && quote != '\'') {
                i++;
            } else if (c == '\\' && (quote == 0 || quote == '"' && ESCAPED_IN_QUOTES.indexOf(next) >= 0)) {
                word.append(next);
                inWord = true;
                i++;
            } else if (quote != 0) {
                word.append(c);
            } else if (c == '\'' || c == '"') {
                quote = c;
                inWord = true;
            } else if (c == '$' && next == '\'') {
                inWord = true;
            } else if (ENDS.indexOf(c) >= 0) {
                break;
            } else if (Character.isWhitespace(c)) {
                inWord = end(inWord, word, words);
            } else {
                word.append(c);
                inWord = true;
            }
        }
        end(inWord, word, words);
        int line = text.indexOf('\n', i);
        return new ShellWords(words, line < 0 ? "" : text.substring(line + 1));
    }

    private static boolean end(boolean inWord, StringBuilder word, List<String> words) {
        if (inWord) {
            words.add(word.toString());
            word.setLength(0);
        }
        return false;
    }
}
