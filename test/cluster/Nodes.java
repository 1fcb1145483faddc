import java.nio.file.Path;
import java.util.Scanner;
import org.codelibs.opensearch.runner.OpenSearchRunner;

/**
 * Three OpenSearch nodes in this process, for tests: arguments are a folder for their data and the first HTTP port.
 * Lines on standard input play faults: "stop 2" ends the second node, "start 2" brings it back. Ends with its input.
 */
public final class Nodes {
	private static final int COUNT = 3;

	public static void main(String[] arguments) throws Exception {
		Path data = Path.of(arguments[0]);
		int firstPort = Integer.parseInt(arguments[1]);
		OpenSearchRunner nodes = new OpenSearchRunner();
		nodes.onBuild((number, settings) -> {
			settings.put("discovery.type", "zen");
			// Tests fill a disk by lowering the marks; the machine's own fullness must not decide.
			settings.put("cluster.routing.allocation.disk.threshold_enabled", false);
			settings.put("cluster.fault_detection.leader_check.interval", "300ms");
			settings.put("cluster.fault_detection.follower_check.interval", "300ms");
		});
		// The runner counts nodes, and ports, from one, and takes none above this.
		nodes.setMaxHttpPort(firstPort + COUNT);
		nodes.build(OpenSearchRunner.newConfigs().clusterName("wenqu-test").numOfNode(COUNT).baseHttpPort(firstPort - 1)
				.basePath(data.toString()).pluginTypes("org.opensearch.knn.plugin.KNNPlugin"));
		try (Scanner lines = new Scanner(System.in)) {
			while (lines.hasNext()) {
				String what = lines.next();
				int which = lines.nextInt() - 1;
				if (what.equals("stop")) nodes.getNode(which).close();
				else nodes.startNode(which);
			}
		}
		nodes.close();
		System.exit(0);
	}
}
