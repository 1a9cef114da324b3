package io.countersign.presign.uploads;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FileTypesTest {
    @ParameterizedTest
    @CsvSource(textBlock = """
            photo.png,        image/png,         .png
            photo.PNG,        image/png,         .png
            photo.JPeG,       image/jpeg,        .jpeg
            photo.exe,        image/jpeg,        .jpg
            photo,            image/jpeg,        .jpg
            photo.,           image/jpeg,        .jpg
            evil.html,        image/png,         .png
            a.tar.gz,         application/gzip,  .gz
            page.html,        text/html,         .html
            x.svg,            image/svg+xml,     .svg
            ../../etc/passwd, text/plain,        .txt
            a.b/c,            image/png,         .png
            x.foo,            application/x-foo, ''
            """)
    void anExtensionFitsTheType(String name, String type, String extension) {
        assertThat(FileTypes.extension(name, type)).isEqualTo(extension);
    }
}
