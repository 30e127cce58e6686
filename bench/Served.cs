using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace HaoSuan.Bench;

/// <summary>A web process of its own on the world's database, as it is deployed: behind a reverse proxy, with a line in its log for each request.</summary>
internal sealed class Served : IAsyncDisposable
{
    private readonly Process _process;

    private Served(Process process, Uri address) => (_process, Address) = (process, address);

    public Uri Address { get; }

    public static async Task<Served> StartAsync(World world)
    {
        var address = new Uri($"http://127.0.0.1:{FreePort()}/");
        var start = new ProcessStartInfo(Path.Combine(AppContext.BaseDirectory, "haosuan"), ["serve", "--role", "web", "--urls", $"{address}"])
        {
            RedirectStandardOutput = true,
            UseShellExecute = false,
            Environment =
            {
                ["HaoSuan__Database"] = world.Address,
                ["HaoSuan__MasterKey"] = World.MasterKey,
                ["HaoSuan__PublicUrl"] = $"{address}",
                ["HaoSuan__Proxies__0"] = "127.0.0.1",
            },
        };
        var served = new Served(Process.Start(start)!, address);
        _ = served._process.StandardOutput.BaseStream.CopyToAsync(Stream.Null);      // who collects logs reads them
        await served.AnswersAsync();
        return served;
    }

    public async ValueTask DisposeAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync();
        _process.Dispose();
    }

    private async Task AnswersAsync()
    {
        using var client = new HttpClient(new SocketsHttpHandler()) { BaseAddress = Address };
        for (var attempt = 0; ; attempt++)
        {
            try
            {
                (await client.GetAsync("health")).EnsureSuccessStatusCode();
                return;
            }
            catch (HttpRequestException) when (attempt < 100 && !_process.HasExited)
            {
                await Task.Delay(100);
            }
        }
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
