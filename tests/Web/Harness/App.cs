using HaoSuan.Identity;
using HaoSuan.Tests.Web;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging;

[assembly: AssemblyFixture(typeof(App))]

namespace HaoSuan.Tests.Web;

/// <summary>
/// The real host on a SQLite file of its own, with two operators: <c>demo</c> and <c>other</c>. Tests share it, so each makes what
/// it changes. The jobs do not run; a test that needs them calls them.
/// </summary>
public sealed class App : IAsyncLifetime
{
    public const string Password = "correct horse";

    private readonly string _folder = Directory.CreateTempSubdirectory("haosuan-web-").FullName;
    private WebApplication? _app;
    private int _visitors;

    /// <summary>What a test adds that has an app of its own.</summary>
    public Action<IServiceCollection> Configure { get; init; } = _ => { };

    public IServiceProvider Services => _app!.Services;

    public Tenant Demo { get; private set; } = null!;

    public Tenant Other { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        var settings = new Settings($"Data Source={Path.Combine(_folder, "web.db")}", "MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE=")
        {
            Role = ProcessRole.Web,
            PublicUrl = new("https://haoka.test/"),
        };
        _app = Host.Build(settings, builder =>
        {
            builder.WebHost.UseTestServer();
            builder.Services.AddTransient<PublishScheme>().AddTransient<PublishBonus>();
            Configure(builder.Services);
            builder.Logging.ClearProviders();
        });
        Services.GetRequiredService<Migrator>().Migrate();
        (Demo, Other) = (await AddTenant("demo", "示例号卡"), await AddTenant("other", "另一家"));
        await _app.StartAsync();
    }

    /// <summary>A browser of its own: other cookies, another address.</summary>
    public Visitor Visit(string acceptLanguage = "") =>
        new(_app!.GetTestServer(), $"198.51.{Interlocked.Increment(ref _visitors) / 250}.{(_visitors % 250) + 1}") { AcceptLanguage = acceptLanguage };

    /// <summary>A browser in which that user of the operator demo (or another one) is signed in.</summary>
    public async Task<Visitor> VisitAs(string name, string tenant = "demo")
    {
        var visitor = Visit();
        var signedIn = await visitor.SignIn($"{name}@{tenant}", Password);
        Assert.Equal(302, signedIn.Status);
        return visitor;
    }

    /// <summary>Calls a service of the operator in a fresh scope.</summary>
    public async Task<T> With<TService, T>(Func<TService, Task<T>> call, Tenant? tenant = null) where TService : notnull
    {
        await using var scope = Services.GetRequiredService<IServiceScopeFactory>().CreateScope(tenant ?? Demo);
        return await call(scope.ServiceProvider.GetRequiredService<TService>());
    }

    public async ValueTask DisposeAsync()
    {
        if (_app is not null) await _app.DisposeAsync();
        SqliteConnection.ClearAllPools();
        Directory.Delete(_folder, recursive: true);
    }

    private async Task<Tenant> AddTenant(string slug, string name)
    {
        var tenant = await Services.GetRequiredService<Tenants>().AddAsync(slug, name);
        foreach (var role in new[] { Role.Admin, Role.Finance, Role.Operations })
            _ = (await With<Users, Result<UserId>>(u => u.CreateAsync(role.ToString(), Password, role), tenant)).Value;
        return tenant;
    }
}
