package io.countersign.presign.uploads;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** The extensions that fit a media type (iana.org, "Media Types", and the usual ones of files). The first is the type's own. */
final class FileTypes {
    private static final Map<String, List<String>> EXTENSIONS = Arrays.stream("""
                    application/epub+zip epub
                    application/gzip gz
                    application/json json
                    application/msword doc
                    application/octet-stream bin
                    application/pdf pdf
                    application/rtf rtf
                    application/vnd.android.package-archive apk
                    application/vnd.ms-excel xls
                    application/vnd.ms-powerpoint ppt
                    application/vnd.oasis.opendocument.spreadsheet ods
                    application/vnd.oasis.opendocument.text odt
                    application/vnd.openxmlformats-officedocument.presentationml.presentation pptx
                    application/vnd.openxmlformats-officedocument.spreadsheetml.sheet xlsx
                    application/vnd.openxmlformats-officedocument.wordprocessingml.document docx
                    application/wasm wasm
                    application/x-7z-compressed 7z
                    application/x-tar tar
                    application/xml xml
                    application/zip zip
                    audio/aac aac
                    audio/flac flac
                    audio/mp4 m4a mp4
                    audio/mpeg mp3
                    audio/ogg ogg oga opus
                    audio/wav wav
                    audio/webm webm weba
                    image/avif avif
                    image/bmp bmp
                    image/gif gif
                    image/heic heic
                    image/heif heif
                    image/jpeg jpg jpeg jpe
                    image/png png
                    image/svg+xml svg
                    image/tiff tiff tif
                    image/webp webp
                    text/css css
                    text/csv csv
                    text/html html htm
                    text/javascript js mjs
                    text/markdown md markdown
                    text/plain txt text log
                    text/xml xml
                    video/mp4 mp4 m4v
                    video/mpeg mpeg mpg
                    video/ogg ogv
                    video/quicktime mov qt
                    video/webm webm
                    video/x-matroska mkv
                    video/x-msvideo avi
                    """.split("\n"))
            .map(line -> List.of(line.split(" ")))
            .collect(Collectors.toUnmodifiableMap(List::getFirst, words -> words.subList(1, words.size())));

    private FileTypes() {}

    /**
     * The extension of a file with its dot: that of its name in lower case if it fits the type, else the type's own.
     *
     * @return empty for a type that is not in the table
     */
    static String extension(String filename, String type) {
        List<String> fitting = EXTENSIONS.getOrDefault(type, List.of());
        return named(filename)
                .filter(fitting::contains)
                .or(() -> fitting.stream().findFirst())
                .map(extension -> "." + extension)
                .orElse("");
    }

    private static Optional<String> named(String filename) {
        int dot = filename.lastIndexOf('.');
        return dot < 0
                ? Optional.empty()
                : Optional.of(filename.substring(dot + 1).toLowerCase(Locale.ROOT));
    }
}
