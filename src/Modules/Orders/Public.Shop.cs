namespace HaoSuan.Orders;

/// <summary>Whose shop a consumer is in.</summary>
/// <param name="Shop">The operator's name.</param>
public sealed record ShopVisit(string Invite, string Shop, DistributorId Seller, string SellerName);
