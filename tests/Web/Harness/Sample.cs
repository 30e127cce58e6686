using HaoSuan.Catalog;
using HaoSuan.Distributors;
using HaoSuan.Identity;
using HaoSuan.Settling;
using Role = HaoSuan.Identity.Role;

namespace HaoSuan.Tests.Web;

/// <summary>A product with a scheme, a distributor and one below it with their rates and sign-ins: new ones for each test.</summary>
public sealed record Sample(string Product, string Top, string Child, DistributorId TopId, DistributorId ChildId)
{
    public const string Scheme = """
        {"stages":[{"key":"first","name":"激活并首充","upstream":"120.00","when":[{"fact":"activated","within_days":30,"after":"ordered"},
          {"fact":"topped_up","each_at_least":"50.00","within_days":30,"after":"activated"}],"release":{"mode":"days","days":7}}],
         "clawback":[{"on":["cancelled"],"within_days":90,"after":"activated","keep":"prorata","penalty":"50.00"}]}
        """;

    private static int _made;

    /// <summary>The sign-in names of both are their codes, the password that of the app.</summary>
    public static async Task<Sample> MakeAsync(App app, Tenant? tenant = null)
    {
        var n = Interlocked.Increment(ref _made);
        var upstream = await app.With<AddUpstream, Result<UpstreamId>>(a => a.RunAsync(new($"sample{n}", $"上游{n}", "hao172")), tenant);
        var product = await app.With<AddProduct, Result<ProductId>>(a => a.RunAsync(
            new($"SP{n}", upstream.Value, Carrier.Telecom, $"星卡{n}", "29 元/月")), tenant);
        _ = (await app.With<PublishScheme, Result<int>>(p => p.RunAsync(product.Value, Scheme), tenant)).Value;
        var top = await AddAsync(app, $"sa{n}", null, product.Value, 100_00, tenant);
        var child = await AddAsync(app, $"sb{n}", top, product.Value, 80_00, tenant);
        return new($"SP{n}", $"sa{n}", $"sb{n}", top, child);
    }

    private static async Task<DistributorId> AddAsync(
        App app, string code, DistributorId? parent, ProductId product, long fen, Tenant? tenant)
    {
        var id = (await app.With<AddDistributor, Result<DistributorId>>(a => a.RunAsync(new(code, $"{code} 数码店", parent)), tenant)).Value;
        _ = (await app.With<SetRate, Result<Done>>(s => s.RunAsync(new(id, product, "first", Rate.Amount(new(fen)))), tenant)).Value;
        _ = (await app.With<Users, Result<UserId>>(u => u.CreateAsync(code, App.Password, Role.Distributor, id), tenant)).Value;
        return id;
    }
}
