using HaoSuan.Distributors;

namespace HaoSuan.Web.Demo;

/// <summary>haosuan serve --demo: fills the database where it is empty, serves it with the sandbox beside it, and says where everything is.</summary>
internal static class ServeDemo
{
    private const string DefaultUrl = "http://localhost:5000";
    private const int PortsApart = 90;

    public static async Task RunAsync(Settings settings, string[] urls, TextWriter output)
    {
        var url = (urls is [var first, ..] ? first : DefaultUrl).TrimEnd('/');
        await using var demonstration = await StartAsync(settings, $"http://127.0.0.1:{new Uri(url).Port + PortsApart}");
        var connected = demonstration.Connect(settings) with { PublicUrl = new(url + "/") };
        await output.WriteLineAsync("Preparing the demonstration …");
        if (await demonstration.FillAsync(connected, Demonstration.Orders, url) is { } took)
            await output.WriteLineAsync($"Played a month of {Demonstration.Orders} orders in {took.TotalSeconds:0} s.");
        demonstration.DeliverByItself();
        await Host.RunAsync(connected, urls is [] ? [url] : urls, app => WelcomeAsync(app, url, demonstration.Sandbox, output));
    }

    private static async Task<Demonstration> StartAsync(Settings settings, string sandboxUrl)
    {
        try
        {
            return await Demonstration.StartAsync(new(settings.Database), sandboxUrl);
        }
        catch (IOException e)
        {
            throw new SettingsException($"The sandbox cannot listen at {sandboxUrl}, {PortsApart} ports above --urls: {e.Message}");
        }
    }

    private static async Task WelcomeAsync(WebApplication app, string url, Uri sandbox, TextWriter output)
    {
        var tenant = await app.Services.GetRequiredService<Tenants>().FindAsync(SignIns.Slug);
        if (tenant is null) return;
        await using var scope = app.Services.GetRequiredService<IServiceScopeFactory>().CreateScope(tenant);
        var tree = scope.ServiceProvider.GetRequiredService<Tree>();
        var seller = (await tree.AllAsync()).First(d => d.ParentId is not null);
        var invite = (await tree.InvitationsAsync(seller.Id))[0];
        await output.WriteLineAsync($"""

              商城  Shop     {url}/s/{invite}
              分销  Agents   {url}/agent
              后台  Office   {url}/office
              沙箱  Sandbox  {sandbox}sandbox

              登录  Sign in  {url}/sign-in
            """);
        foreach (var (name, who) in SignIns.All) await output.WriteLineAsync($"    {name,-12}{SignIns.Password}  {who}");
        await output.WriteLineAsync();
    }
}
