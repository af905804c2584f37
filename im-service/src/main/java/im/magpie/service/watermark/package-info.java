/** How far each user is in each conversation: delivered and read. Watermarks only ever rise. */
@NullMarked
package im.magpie.service.watermark;

import org.jspecify.annotations.NullMarked;
