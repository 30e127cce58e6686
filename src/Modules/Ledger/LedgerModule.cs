using Microsoft.Extensions.DependencyInjection;

namespace HaoSuan.Ledger;

/// <summary>The ledger's door (总账).</summary>
public static class LedgerModule
{
    public static IServiceCollection AddLedger(this IServiceCollection services) => services
        .AddModule<HeadRow>("ledger")
        .AddScoped<Journal>().AddScoped<Books>().AddScoped<AccountLines>().AddScoped<CloseMonth>().AddScoped<ProveStatement>().AddTransient<VerifyLedger>()
        .AddScoped(p => new ClosingChecklist(
            p, p.GetServices<ClosingCheck>(), p.GetRequiredService<Books>(), p.GetRequiredService<TenantScope>()))
        .CheckClosing<SuspenseEmpty>().CheckClosing<EntriesSealed>()
        .AddRecurring<SealBooks>(SealBooks.Name, SealBooks.Cron);

    /// <summary>Keeps a month from being closed while the check finds something open: one line in the door of the module that has the data.</summary>
    public static IServiceCollection CheckClosing<TCheck>(this IServiceCollection services) where TCheck : class, ICheckClosing =>
        services.AddScoped<TCheck>().AddSingleton(new ClosingCheck(typeof(TCheck), TCheck.Step));
}
