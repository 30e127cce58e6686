using HaoSuan.Bench;

// Each verb measures one thing and prints a table. Without a verb all are measured and docs/benchmarks.md is written anew.
var verbs = new Dictionary<string, Action<string[]>>
{
    ["targets"] = Targets.Measure,
    ["reconcile"] = Reconcile.Measure,
    ["settle"] = Settle.Measure,
    ["posting"] = Posting.Measure,
    ["placing"] = Placing.Measure,
    ["pages"] = ShopPages.Measure,
    ["numbers"] = NumberPool.Measure,
};
string[] asked = args is ["write", .. var some] ? some : args is [] ? [.. verbs.Keys] : args[..1];
if (asked.FirstOrDefault(v => !verbs.ContainsKey(v)) is { } unknown)
    Console.Error.WriteLine($"bench: there is no verb \"{unknown}\"; there are: {string.Join(", ", verbs.Keys)}");
else if (args is [] or ["write", ..]) Page.Write(verbs, asked);
else verbs[args[0]](args[1..]);
