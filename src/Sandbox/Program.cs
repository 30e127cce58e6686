using System.Diagnostics.CodeAnalysis;
using HaoSuan.Sandbox;

const string Usage = "haosuan-sandbox [--urls http://127.0.0.1:5090] [--keys sandbox-keys.json]";
var (urls, file) = ("http://127.0.0.1:5090", "sandbox-keys.json");
for (var i = 0; i < args.Length; i += 2)
{
    if (i + 1 == args.Length || args[i] is not ("--urls" or "--keys"))
    {
        await Console.Error.WriteLineAsync($"Not understood: {args[i]}. {Usage}");
        return 2;
    }
    if (args[i] == "--urls") urls = args[i + 1];
    else file = args[i + 1];
}
var keys = SandboxKeys.Open(file, TimeProvider.System);
await using var host = await SandboxHost.StartAsync(keys, TimeProvider.System, urls, autoDeliver: true);
Console.WriteLine($"沙箱 {host.Address}  控制台 {new Uri(host.Address, "sandbox")}");
await host.WaitForShutdownAsync();
return 0;

[SuppressMessage("Design", "CA1050", Justification = "The compiler's own class")]
internal sealed partial class Program;
