/** What is written about the services, and the files that run them, held against the services themselves. */
@NullMarked
package im.magpie.standalone.document;

import org.jspecify.annotations.NullMarked;
