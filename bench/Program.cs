using HaoSuan.Bench;

// Each verb measures one thing and prints a table. Without a verb all are measured and docs/benchmarks.md is written anew.
var verbs = new Dictionary<string, Action<string[]>>
{
    ["targets"] = Targets.Measure,
    ["reconcile"] = Reconcile.Measure,
    ["settle"] = Settle.Measure,
    ["posting"] = Posting.Measure,
    ["numbers"] = NumberPool.Measure,
};
if (args is [var verb, .. var rest] && verbs.TryGetValue(verb, out var measure)) measure(rest);
else if (args.Length == 0) Page.Write("docs/benchmarks.md", verbs.Values);
else Console.Error.WriteLine($"bench: there is no verb \"{args[0]}\"; there are: {string.Join(", ", verbs.Keys)}");
