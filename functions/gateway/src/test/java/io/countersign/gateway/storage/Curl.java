package io.countersign.gateway.storage;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The program curl. */
final class Curl {
    private Curl() {}

    /** What it prints; it must succeed. */
    static String run(List<String> arguments) throws Exception {
        List<String> command = new ArrayList<>(arguments);
        command.addFirst("curl");
        Process curl = new ProcessBuilder(command).redirectErrorStream(true).start();
        String answer = new String(curl.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(curl.waitFor()).as(answer).isZero();
        return answer;
    }

    /** Uploads a file by a form: the body of the answer and, on a line of its own, the status. */
    static String post(UploadForm form, Path file) throws Exception {
        List<String> arguments = new ArrayList<>(List.of("-s", "-w", "\n%{http_code}"));
        form.fields().forEach((name, value) -> {
            arguments.add("--form-string");
            arguments.add(name + "=" + value);
        });
        arguments.add("-F");
        arguments.add("file=@" + file);
        arguments.add(form.url());
        return run(arguments);
    }
}
