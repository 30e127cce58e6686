using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;

namespace HaoSuan.Platform;

/// <summary>The platform's door: the database and what every module stands on.</summary>
public static class PlatformModule
{
    /// <param name="services">Where to add.</param>
    /// <param name="database">SQLite ("Data Source=…") or PostgreSQL ("Host=…").</param>
    /// <param name="masterKey">32 bytes in base64: see <see cref="MasterKey"/>.</param>
    public static IServiceCollection AddPlatform(this IServiceCollection services, string database, string masterKey)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton(new DatabaseAddress(database)).AddSingleton(new MasterKey(masterKey));
        services.AddSingleton<Tenants>().AddSingleton<Migrator>().AddSingleton<Texts>().AddSingleton<JobRunner>()
            .AddSingleton<KeptValues>().AddSingleton<DataKeys>();
        services.AddSingleton(p => new OutboxDelivery(
            p.GetRequiredService<IServiceScopeFactory>(), p.GetServices<Subscription>(), p.GetRequiredService<Tenants>(),
            p.GetRequiredService<TimeProvider>(), p.GetRequiredService<ILogger<OutboxDelivery>>()));
        services.AddScoped<Kept>().AddScoped<TenantScope>().AddScoped<Actor>().AddScoped<Delivery>().AddScoped<Audit>().AddScoped<Vault>().AddScoped<Files>();
        services.AddScoped(p => new Outbox(p.GetRequiredService<Db>(), p.GetServices<Subscription>(), p.GetRequiredService<TimeProvider>()));
        services.AddDbContext<Db>(
            (provider, options) => Use(provider.GetRequiredService<DatabaseAddress>(), options), optionsLifetime: ServiceLifetime.Singleton);
        return services.AddModule<Db>("platform");
    }

    private static void Use(DatabaseAddress address, DbContextOptionsBuilder options)
    {
        options.UseSnakeCaseNamingConvention();
        _ = address.Engine switch
        {
            Engine.Sqlite => options.UseSqlite(address.ConnectionString).AddInterceptors(new SqlitePragmas()),
            Engine.Postgres => options.UseNpgsql(address.ConnectionString)
                .AddInterceptors(new TenantSessions(address), new RowLockInterceptor()),
        };
    }
}
