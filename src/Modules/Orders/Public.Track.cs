namespace HaoSuan.Orders;

/// <summary>A consumer who has shown that a phone is his: what finds his orders, and nothing of the phone itself.</summary>
public sealed record Tracker(byte[] PhoneHash);

/// <summary>An order of his.</summary>
/// <param name="Token">What its page is found by.</param>
public sealed record TrackedOrder(string Token, OrderDetail Detail, IReadOnlyList<AfterSale> AfterSales);

/// <summary>Somebody has asked for a code.</summary>
public sealed record TrackCodeAsked(string Token) : IEvent;
