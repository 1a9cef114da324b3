package io.countersign.verify.explain;

import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/** A signed text with line ends that do not belong there, or without some that do. */
record LineEnds() implements NearMiss {
    private static final int V1_HEADERS = 4;

    @Override
    public List<Variation> of(Failed failed) {
        List<Variation> variations = new ArrayList<>();
        change(failed, text -> text + "\n", "ends in a line feed", variations);
        change(failed, text -> text.replace("\n", "\r\n"), "has carriage returns before its line feeds", variations);
        change(
                failed,
                text -> text.replace("\n", "\\n"),
                "has the two characters \\n where line feeds belong",
                variations);
        switch (failed.version()) {
            case V1 -> {
                change(
                        failed,
                        text -> blankLine(text, V1_HEADERS),
                        "has an empty line between date and resource",
                        variations);
                change(failed, LineEnds::blankBeforeResource, "has an empty line before the resource", variations);
            }
            case V2 -> {}
            case V4 -> change(failed, text -> text.replace("\n\n", "\n"), "lacks its empty lines", variations);
        }
        return variations;
    }

    private static void change(Failed failed, UnaryOperator<String> change, String how, List<Variation> variations) {
        Cause cause = new Cause(
                "LineEnds",
                "The signed text " + how + "; its lines are separated by single line feeds, with none after the last.");
        variations.addAll(Texts.v1(failed, cause, change));
        Texts.v4(failed).ifPresent(text -> variations.add(Texts.scoped(failed, change.apply(text), cause)));
    }

    private static String blankLine(String text, int at) {
        List<String> lines = Texts.lines(text);
        lines.add(at, "");
        return String.join("\n", lines);
    }

    private static String blankBeforeResource(String text) {
        int resource = text.indexOf("\n/");
        return resource < 0 ? text : text.substring(0, resource) + "\n" + text.substring(resource);
    }
}
