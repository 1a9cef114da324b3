package io.countersign.gateway.documents;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The pages of this repository as they are written: those in the root directory, and those in docs/. */
public final class Documents {
    static final Path REPOSITORY = Path.of("..", "..");
    private static final Pattern MANIFEST = Pattern.compile("```yaml\\n(.*?)```", Pattern.DOTALL);
    /** A command is a line of an indented block. */
    private static final String INDENT = "    ";
    /** Pages of walks, whose commands belong together: a test of each page runs them in their order. */
    static final Set<String> WALKS = Set.of(
            "docs/upgrade.md",
            "docs/backup.md",
            "docs/root-key.md",
            "docs/incidents.md",
            "docs/capacity.md",
            "docs/test-token.md",
            "docs/uploads.md");

    private static final Pattern FENCED = Pattern.compile("(?ms)^ *```.*?^ *```$");

    private static final String WALK = "## ";

    private Documents() {}

    /** Every page, with its path from the repository's folder. */
    static List<Path> pages() throws IOException {
        List<Path> pages = new ArrayList<>();
        for (String name : List.of("README.md", "CONTRIBUTING.md", "SECURITY.md", "CHANGELOG.md")) {
            pages.add(Path.of(name));
        }
        try (Stream<Path> docs = Files.walk(REPOSITORY.resolve("docs"))) {
            docs.filter(page -> page.toString().endsWith(".md"))
                    .map(REPOSITORY::relativize)
                    .sorted()
                    .forEach(pages::add);
        }
        return List.copyOf(pages);
    }

    /** @param page a path from the repository's folder */
    static String text(String page) throws IOException {
        return Files.readString(REPOSITORY.resolve(page));
    }

    /** The manifest in that page. */
    static String manifest(String page) throws IOException {
        Matcher manifest = MANIFEST.matcher(text(page));
        if (!manifest.find()) {
            throw new AssertionError(page + " has no manifest");
        }
        return manifest.group(1);
    }

    /**
     * The commands that a reader is told to run, each once, in the order of the pages. Those of walks are left out.
     *
     * @param start what such a line begins with
     * @return what follows it
     */
    public static List<String> commands(String start) throws IOException {
        List<String> commands = new ArrayList<>();
        for (Path page : pages()) {
            if (WALKS.contains(page.toString())) {
                continue;
            }
            Files.readAllLines(REPOSITORY.resolve(page)).stream()
                    .filter(line -> line.startsWith(INDENT) && line.strip().startsWith(start))
                    .map(line -> line.strip().substring(start.length()))
                    .filter(command -> !commands.contains(command))
                    .forEach(commands::add);
        }
        return List.copyOf(commands);
    }

    /**
     * The commands that stand in the text or in a table, between backticks.
     *
     * @param start what such a command begins with
     * @return what follows it
     */
    static List<String> inlineCommands(String start) throws IOException {
        Pattern command = Pattern.compile("`" + Pattern.quote(start) + "([^`]+)`");
        List<String> commands = new ArrayList<>();
        for (Path page : pages()) {
            command.matcher(Files.readString(REPOSITORY.resolve(page)))
                    .results()
                    .map(found -> found.group(1))
                    .filter(found -> !commands.contains(found))
                    .forEach(commands::add);
        }
        return List.copyOf(commands);
    }

    /** The headings of a page of walks under which there are commands, in their order. */
    static List<String> walks(String page) throws IOException {
        String text = text(page);
        return text.lines()
                .filter(line -> line.startsWith(WALK))
                .filter(heading -> !stepsBelow(text, heading).isEmpty())
                .map(line -> line.substring(WALK.length()))
                .toList();
    }

    /** The indented lines under this heading, without their indentation. A fenced block is another language's, or for another program. */
    static List<String> steps(String page, String heading) throws IOException {
        return stepsBelow(text(page), WALK + heading);
    }

    private static List<String> stepsBelow(String text, String heading) {
        return FENCED.matcher(text)
                .replaceAll("")
                .lines()
                .dropWhile(line -> !line.equals(heading))
                .skip(1)
                .takeWhile(line -> !line.startsWith(WALK))
                .filter(line -> line.startsWith(INDENT) && !line.isBlank())
                .map(String::strip)
                .toList();
    }

    /**
     * The rows of a table.
     *
     * @param page a path from the repository's folder
     * @param header the table's first line
     */
    public static List<String> rows(String page, String header) throws IOException {
        return text(page)
                .lines()
                .dropWhile(line -> !line.equals(header))
                .skip(2)
                .takeWhile(line -> line.startsWith("|"))
                .toList();
    }
}
