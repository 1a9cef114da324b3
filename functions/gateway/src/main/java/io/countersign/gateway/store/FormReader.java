package io.countersign.gateway.store;

import io.countersign.gateway.config.UpstreamSettings;
import io.countersign.gateway.server.Arrival;
import io.countersign.gateway.server.ByteBudget;
import io.countersign.oss.OssError;
import io.countersign.oss.OssRefusal;
import io.countersign.oss.OuterSpace;
import io.vertx.core.buffer.Buffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads a form with its file, which has to be there as a whole before its policy can be checked. Confined to the event loop. */
final class FormReader implements SpoolReader.Reading {
    private static final Pattern BOUNDARY =
            Pattern.compile("(?i)boundary=(?:\"([^\",;]{1,70})\"|([^\",; \\t]{1,70}))[ \\t]*(?:;.*)?$");

    private final BiConsumer<FormUpload, Consumer<Optional<OssRefusal>>> gate;
    private final BiConsumer<FormUpload, Spool> then;
    private final Consumer<OssRefusal> refused;
    private final FormParser parser;
    private final List<Buffer> ofFile = new ArrayList<>();

    private FormReader(
            String boundary,
            BiConsumer<FormUpload, Consumer<Optional<OssRefusal>>> gate,
            BiConsumer<FormUpload, Spool> then,
            Consumer<OssRefusal> refused) {
        this.gate = gate;
        this.then = then;
        this.refused = refused;
        this.parser = new FormParser(boundary, ofFile::add);
    }

    /**
     * Starts reading.
     *
     * @param disk of all spools together
     * @param contentType of the request
     * @param gate decides, with what has come of the file, whether more of it is read than fits in memory
     * @param then called once with the form and its file, which the caller closes; not when the client leaves first
     * @param refused called instead for a form that is refused
     */
    static void read(
            Arrival arrival,
            UpstreamSettings settings,
            ByteBudget disk,
            String contentType,
            BiConsumer<FormUpload, Consumer<Optional<OssRefusal>>> gate,
            BiConsumer<FormUpload, Spool> then,
            Consumer<OssRefusal> refused) {
        Matcher boundary = BOUNDARY.matcher(OuterSpace.trim(contentType));
        if (!boundary.find()) {
            refused.accept(FormPart.malformed("The Content-Type of a form is multipart/form-data; boundary=..."));
            return;
        }
        String text = boundary.group(1) == null ? boundary.group(2) : boundary.group(1);
        SpoolReader.read(arrival, settings, disk, new FormReader(text, gate, then, refused));
    }

    @Override
    public boolean add(Buffer piece, Spool spool) throws OssRefusal {
        parser.add(piece);
        boolean hasRoom = true;
        for (Buffer bytes : ofFile) {
            hasRoom &= spool.add(bytes);
        }
        ofFile.clear();
        return hasRoom;
    }

    @Override
    public void gate(Spool spool, Consumer<Optional<OssRefusal>> admitted) throws OssRefusal {
        gate.accept(form(spool), admitted);
    }

    @Override
    public Runnable whole(Spool spool) throws OssRefusal {
        parser.end();
        FormUpload form = form(spool);
        return () -> then.accept(form, spool);
    }

    @Override
    public OssRefusal tooLarge() {
        return new OssRefusal(OssError.ENTITY_TOO_LARGE);
    }

    @Override
    public void refuse(OssRefusal refusal) {
        refused.accept(refusal);
    }

    private FormUpload form(Spool spool) throws OssRefusal {
        return FormUpload.of(parser.fields(), parser.file().orElseThrow(), spool.length());
    }
}
