using Microsoft.Extensions.DependencyInjection;

namespace HaoSuan.Ledger;

/// <summary>The ledger's door (总账).</summary>
public static class LedgerModule
{
    public static IServiceCollection AddLedger(this IServiceCollection services) => services
        .AddModule<HeadRow>("ledger")
        .AddScoped<Journal>().AddScoped<Books>().AddScoped<AccountLines>().AddScoped<CloseMonth>().AddScoped<ProveStatement>().AddTransient<VerifyLedger>()
        .AddRecurring<SealBooks>(SealBooks.Name, SealBooks.Cron);
}
