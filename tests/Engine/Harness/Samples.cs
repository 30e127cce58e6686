using HaoSuan.Catalog;
using HaoSuan.Distributors;
using HaoSuan.Inventory;
using HaoSuan.Settling;

namespace HaoSuan.Tests.Engine;

/// <summary>An upstream, a product with a scheme and distributors with rates, made by the product's own use cases.</summary>
internal sealed class Samples(
    AddUpstream addUpstream, AddProduct addProduct, PublishScheme publish, AddDistributor addDistributor, SetRate setRate,
    Warehouses warehouses, ReceiveCards receive)
{
    public const string Bonus = """
        {"key":"volume","products":["GD29"],"stage":"first","period":"month","scope":"own","basis":"whole",
         "tiers":[{"from":1,"per_card":"0.00"},{"from":101,"per_card":"5.00"}],"release":{"mode":"days","days":7}}
        """;

    /// <summary>One stage, "first": activated within 30 days, released 7 days later.</summary>
    public static string Scheme(string upstream, string more = "") => $$$"""
        {"stages":[{"key":"first","name":"激活","upstream":"{{{upstream}}}","when":[{"fact":"activated","within_days":30,"after":"ordered"}],
         "release":{"mode":"days","days":7}}],"clawback":[{"on":["cancelled"],"within_days":90,"after":"activated","keep":"none"}]{{{more}}}}
        """;

    /// <summary>The product GD29 of the upstream hao172, without a scheme.</summary>
    public async Task<ProductId> CardAsync() => (await AddCardAsync()).Value;

    public async Task<Result<ProductId>> AddCardAsync()
    {
        var upstream = await addUpstream.RunAsync(new("hao172", "172 号卡", "hao172"));
        var asked = new NewProduct("GD29", upstream.IsRefused ? default : upstream.Value, Carrier.Telecom, "电信星卡", "29 元/月 155G 通用流量")
        {
            Rules = [.. RuleList.Usual(ProductKind.TrafficCard), new EligibilityRule.Delivery(Only: false, [new("11"), new("54")])],
        };
        var added = await addProduct.RunAsync(asked);
        if (added.IsRefused && upstream.IsRefused) return added.Refusals.First(r => r.Code != "catalog.upstream_unknown");
        return added;
    }

    /// <summary>The product GD29 with a scheme that pays the platform 120 yuan.</summary>
    public async Task<ProductId> CardOnSaleAsync(string more = "")
    {
        var id = await CardAsync();
        _ = (await publish.RunAsync(id, Scheme("120.00", more))).Value;
        return id;
    }

    public async Task<DistributorId> DistributorAsync(string code, DistributorId? parent = null) =>
        (await addDistributor.RunAsync(new(code, $"{code} 数码店", parent))).Value;

    public Task<Result<Done>> RateAsync(DistributorId distributor, ProductId product, long fen, Instant? from = null) =>
        setRate.RunAsync(new(distributor, product, "first", Rate.Amount(new(fen)), from));

    /// <summary>Cards in stock, in the warehouse 一号仓.</summary>
    public async Task CardsAsync(ProductId product, params string[] iccids)
    {
        _ = (await warehouses.OpenAsync("一号仓")).Value;
        _ = (await receive.RunAsync(product, "一号仓", CardLine.Of(iccids))).Value;
    }
}
