package io.countersign.gateway.storage;

import io.countersign.gateway.packaged.PackagedGateway;
import io.countersign.json.JsonText;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The packaged program in front of each kind of store, called by the pages of docs/apps. Uppy is npm's own. */
final class PageStores extends BackedStores<PackagedGateway> {
    private static final Path UPPY = Path.of("target", "node", "node_modules", "uppy", "dist", "uppy.min.mjs");

    private final AppPages app;

    private PageStores(AppPages app) {
        super(app.origin(), PackagedStores.served(List.of("-Dcountersign.cors.allowed-origins=" + app.origin())));
        this.app = app;
    }

    static PageStores start() throws IOException {
        if (!Files.exists(UPPY)) {
            throw new AssertionError("There is no Uppy: npm ci in target/node");
        }
        AppPages app = AppPages.start();
        app.apps();
        // One bundle of npm's package has both modules that the page names.
        app.page("uppy.js", Files.readString(UPPY));
        app.page("core.js", "export {Uppy as default} from './uppy.js';");
        app.page("aws-s3.js", "export {AwsS3 as default} from './uppy.js';");
        return new PageStores(app);
    }

    /** Opens a page as it stands in docs/apps, with the values of this app, for one of its users. */
    UploadPage open(StoreKind kind, String file, String upload, String subject) throws Exception {
        BackedStorage<PackagedGateway> backed = of(kind);
        String values = JsonText.object(
                json -> json.put("countersign", backed.gateway.url()).put("name", upload));
        String html = Files.readString(AppPages.APPS.resolve(file))
                .replace("./node_modules/@uppy/", "./")
                .replaceFirst(
                        "(?=<script type=\"(?:module|importmap)\">)",
                        "<script>window.app = {..." + values + ", token: () => '" + backed.tokens.of(subject)
                                + "'}</script>\n");
        return UploadPage.open(app.page(kind + "-" + upload + "-" + subject + "-" + file, html));
    }

    @Override
    public void close() throws IOException {
        super.close();
        app.close();
    }

    /** One for all tests of a run. */
    static final class Parameter extends SharedParameter<PageStores> {
        Parameter() {
            super(PageStores.class, PageStores::start);
        }
    }
}
