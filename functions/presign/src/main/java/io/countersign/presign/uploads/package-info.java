/** Uploads that the manifest describes: what a caller may upload is held in what is signed, and multipart uploads are asked of the storage by Countersign. */
@NullMarked
package io.countersign.presign.uploads;

import org.jspecify.annotations.NullMarked;
