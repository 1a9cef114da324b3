package io.countersign.gateway.storage;

import io.countersign.gateway.live.LiveGateway;
import io.countersign.gateway.live.ProcessSettings;
import java.io.IOException;
import java.time.InstantSource;

/** A guarded storage for the pages of docs/apps, with a gateway in this process. */
final class PageStorage extends GuardedStorage<LiveGateway> {
    final AppPages app;
    private final ProcessSettings settings;

    private PageStorage(AppPages app, ProcessSettings settings) throws Exception {
        super(InstantSource.system(), app.origin(), (manifest, data) -> {
            settings.set("countersign.cors.allowed-origins", app.origin());
            return new LiveGateway(manifest, data, InstantSource.system());
        });
        this.app = app;
        this.settings = settings;
    }

    static PageStorage start() throws Exception {
        AppPages app = AppPages.start();
        ProcessSettings settings = new ProcessSettings();
        try {
            app.apps();
            return new PageStorage(app, settings);
        } catch (Exception e) {
            settings.close();
            app.close();
            throw e;
        }
    }

    @Override
    public void close() throws IOException {
        super.close();
        settings.close();
        app.close();
    }
}
