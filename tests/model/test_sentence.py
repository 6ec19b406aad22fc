"""Sentences as people say goals, and every part that is understood of each."""
# ruff: noqa: E501, C408

from datetime import date
from random import Random

import pytest
from goal_kit import METRICS
from hypothesis import given
from hypothesis import strategies as st

from smartkpi.model.period import iso
from smartkpi.model.sentence.nouns import Part, Sentence
from smartkpi.model.sentence.read import parsed
from smartkpi.workflow.understood import names_of

TODAY = date(2026, 11, 22).toordinal()  # a Sunday
NAMES = names_of(None, METRICS).vocabulary._replace(
    accounts=(("instagram", "Example Café"), ("facebook", "Example Café")), campaigns=("Spring Sale",)
)

ROWS = [
    ('Gain 20 Instagram followers by May 1st for more website leads', dict(way='gain', amount='20', metric='followers', platform='instagram', deadline='2027-05-01', purpose='more website leads')),
    ('this month I will gain followers', dict(way='gain', metric='followers', within='2026-11-01', deadline='2026-11-30')),
    ('by May 1st I will have gained 20 followers', dict(way='gain', amount='20', metric='followers', deadline='2027-05-01')),
    ('I would like to have 1,220 followers on Instagram by June', dict(way='reach', amount='1,220', metric='followers', platform='instagram', deadline='2027-06-30')),
    ('We want 100 leads by 30 June', dict(amount='100', metric='leads', deadline='2027-06-30')),
    ('100 leads from LinkedIn until end of Q3', dict(amount='100', metric='leads', platform='linkedin', deadline='2027-09-30')),
    ('Reach 500 people on a typical day on Facebook by eoq', dict(way='reach', amount='500', metric='reach', platform='facebook', typical_day=True, deadline='2026-12-31')),
    ('increase reach to 500 on a typical day by June', dict(way='reach', amount='500', metric='reach', typical_day=True, deadline='2027-06-30')),
    ('Keep cost per lead under € 20 all quarter', dict(way='keep', amount='€ 20', limit='most', metric='cost_per_lead', throughout='2026-12-31', within='2026-10-01', deadline='2026-12-31')),
    ('cost per lead under €20 by end of June', dict(amount='€ 20', limit='most', metric='cost_per_lead', deadline='2027-06-30')),
    ('Lower cost per lead to 20 EUR by next Friday', dict(way='reach', amount='EUR 20', limit='most', metric='cost_per_lead', deadline='2026-11-27')),
    ('post 3 times a week on instagram until Christmas', dict(way='gain', amount='3', metric='posts', platform='instagram', each='week', deadline='2026-12-25')),
    ('3 posts a week in 6 weeks', dict(amount='3', metric='posts', each='week', within='2026-11-23', deadline='2027-01-03')),
    ('Publish 3 posts every week for 12 weeks', dict(way='gain', amount='3', metric='posts', each='week', within='2026-11-23', deadline='2027-02-14')),
    ('raise engagement rate from 2% to 3% by June', dict(way='reach', amount='3%', baseline='2%', metric='engagement_rate', deadline='2027-06-30')),
    ('increase engagement rate by 1 percentage point by june', dict(way='gain', relative=True, amount='1%', metric='engagement_rate', deadline='2027-06-30')),
    ('increase engagement rate by 0.5 pp by june', dict(way='gain', relative=True, amount='0.5%', metric='engagement_rate', deadline='2027-06-30')),
    ('cut cost per lead in half by june', dict(way='drop', relative=True, amount='50%', metric='cost_per_lead', deadline='2027-06-30')),
    ('get 20% more leads than last month by june', dict(way='gain', amount='20%', metric='leads', than='2026-10-01/2026-10-31', deadline='2027-06-30')),
    ('20% more leads than last year by june', dict(way='gain', amount='20%', metric='leads', than='year ago', deadline='2027-06-30')),
    ('20% more leads than in February by june', dict(way='gain', amount='20%', metric='leads', than='2026-02-01/2026-02-28', deadline='2027-06-30')),
    ('grow leads by 20% year over year by june', dict(way='gain', relative=True, amount='20%', metric='leads', than='year ago', deadline='2027-06-30')),
    ('20% more leads than now by june', dict(way='gain', amount='20%', metric='leads', than='before', deadline='2027-06-30')),
    ('grow followers by 10% by 2027-03-31', dict(way='gain', relative=True, amount='10%', metric='followers', deadline='2027-03-31')),
    ('double our followers by eoy', dict(way='gain', relative=True, amount='100%', metric='followers', deadline='2026-12-31')),
    ('get 1.5k website clicks from the spring campaign by 31 March', dict(way='gain', amount='1.5k', metric='link_clicks', campaign='spring', deadline='2027-03-31')),
    ('get 50 leads from "Spring Sale" campaign by June', dict(way='gain', amount='50', metric='leads', campaign='Spring Sale', deadline='2027-06-30')),
    ('gain 20 followers and 100 likes by June', dict(way='gain', amount='20', metric='followers', deadline='2027-06-30', unclear='MS')),
    ('gain 20 or 30 followers by June', dict(way='gain', amount='20', metric='followers', deadline='2027-06-30', unclear='S')),
    ('gain 20 followers by May or by June', dict(way='gain', amount='20', metric='followers', deadline='2027-05-31', unclear='ST')),
    ('gain 20 Instagram and Facebook followers by June', dict(way='gain', amount='20', metric='followers', platform='instagram', deadline='2027-06-30', unclear='S')),
    ('gain a few followers soon', dict(way='gain', metric='followers', unclear='ST')),
    ('gain 20 followers for Example Café on Instagram in 6 weeks so that the café fills up', dict(way='gain', amount='20', metric='followers', platform='instagram', accounts=('Example Café',), within='2026-11-23', deadline='2027-01-03', purpose='the café fills up')),
    ('for more website leads, gain 20 Instagram followers by May 1st', dict(way='gain', amount='20', metric='followers', platform='instagram', deadline='2027-05-01', purpose='more website leads')),
    ('for more website leads gain 20 Instagram followers by May 1st', dict(way='gain', amount='20', metric='followers', platform='instagram', deadline='2027-05-01', purpose='more website leads')),
    ('by May 1st, for more website leads, 20 more Instagram followers', dict(way='gain', amount='20', metric='followers', platform='instagram', deadline='2027-05-01', purpose='more website leads')),
    ('win a dozen customers before Christmas', dict(way='gain', amount='12', metric='customers', deadline='2026-12-24')),
    ('spend at most $500 on Google Ads by eom', dict(amount='$ 500', limit='most', metric='cost', platform='google-ads', deadline='2026-11-30')),
    ('spend no more than 500 euros on ads this month', dict(amount='EUR 500', limit='most', metric='cost', within='2026-11-01', deadline='2026-11-30')),
    ('€ 5,000 revenue by end of year', dict(amount='€ 5,000', metric='revenue', deadline='2026-12-31')),
    ('sell 30 orders by 31/12/2026', dict(way='gain', amount='30', metric='orders', deadline='2026-12-31')),
    ('gain 20 followers by 31 June', dict(way='gain', amount='20', metric='followers', unclear='T')),
    ('gain 20 followers by yesterday', dict(way='gain', amount='20', metric='followers', deadline='2026-11-21')),
    ('gain 20 followers by 3 Nov 2026', dict(way='gain', amount='20', metric='followers', deadline='2026-11-03')),
    ('20 leads a month by June', dict(amount='20', metric='leads', each='month', deadline='2027-06-30')),
    ('get more leads', dict(way='gain', metric='leads')),
    ('more followers', dict(way='gain', metric='followers')),
    ('Sell 100 cakes by June', dict(way='gain', amount='100', deadline='2027-06-30', unread='cakes')),
    ('I want to get 20 followers by June to get more leads', dict(way='gain', amount='20', metric='followers', deadline='2027-06-30', purpose='more leads')),
    ('cut ad spend by 10% by eoq', dict(way='drop', relative=True, amount='10%', metric='cost', deadline='2026-12-31')),
    ('gain 20 new followers on instagram by June', dict(way='gain', amount='20', metric='followers', platform='instagram', deadline='2027-06-30')),
    ('at most 5 unfollows a week until June', dict(amount='5', limit='most', metric='unfollows', each='week', deadline='2027-06-30')),
    ('Website leads', dict(metric='leads', platform='website')),
    ('Gain 20 facebook likes by June', dict(way='gain', amount='20', metric='page_likes', platform='facebook', deadline='2027-06-30')),
    ('reach 1,000 subscribers on YouTube by 1 March', dict(way='reach', amount='1,000', metric='subscribers', platform='youtube', deadline='2027-03-01')),
    ('watch hours: 200 by 20 Dec from youtube', dict(amount='200', metric='watch_time', platform='youtube', deadline='2026-12-20')),
    ('get 100 clicks from newsletter by June', dict(way='gain', amount='100', metric='clicks', platform='newsletter', deadline='2027-06-30')),
    ('get 100 visits to the shop by June', dict(way='gain', amount='100', metric='visits', platform='shop', deadline='2027-06-30')),
    ('stay under 40% bounce rate all quarter', dict(way='keep', amount='40%', limit='most', metric='bounce_rate', throughout='2026-12-31', within='2026-10-01', deadline='2026-12-31')),
    ('+20 followers +6w', dict(way='gain', amount='20', metric='followers', within='2026-11-23', deadline='2027-01-03')),
    ('gain 1 200 followers by June', dict(way='gain', amount='1 200', metric='followers', deadline='2027-06-30')),
    ('gain 1.200 followers by June', dict(way='gain', amount='1.200', metric='followers', deadline='2027-06-30')),
    ('gain 20x followers by June', dict(way='gain', metric='followers', deadline='2027-06-30', unclear='S')),
    ('open rate of 35 % by June', dict(amount='35%', metric='open_rate', deadline='2027-06-30')),
    ('10 sales by June', dict(amount='10', metric='revenue', deadline='2027-06-30')),
    ('lose 5 followers by May', dict(way='drop', amount='5', metric='followers', deadline='2027-05-31')),
    ('Gain 20 followers on X by June', dict(way='gain', amount='20', metric='followers', platform='x', deadline='2027-06-30')),
    ('Gain 20 followers on Instagram from 1 December to 31 March', dict(way='gain', amount='20', metric='followers', platform='instagram', start='2026-12-01', deadline='2027-03-31')),
    ('500 clicks in January', dict(amount='500', metric='clicks', start='2027-01-01', deadline='2027-01-31')),
    ('at least 3 reels a week', dict(amount='3', limit='least', each='week', unread='reels')),
    ('keep followers above 1,000 on LinkedIn until eoy', dict(way='keep', amount='1,000', limit='least', metric='followers', platform='linkedin', deadline='2026-12-31')),
    ('100 leads next quarter', dict(amount='100', metric='leads', start='2027-01-01', deadline='2027-03-31')),
    ("We'd like to win 5 customers this quarter because winter is quiet", dict(way='gain', amount='5', metric='customers', within='2026-10-01', deadline='2026-12-31', why='winter is quiet')),
    ('engagement rate of 3% on LinkedIn by the end of June', dict(amount='3%', metric='engagement_rate', platform='linkedin', deadline='2027-06-30')),
    ('lower unfollows to 10 by 31 Jan', dict(way='reach', amount='10', limit='most', metric='unfollows', deadline='2027-01-31')),
    ('fewer than 10 unfollows this month', dict(amount='10', limit='most', metric='unfollows', within='2026-11-01', deadline='2026-11-30')),
    ('Our goal is 2k page views a week until Easter', dict(amount='2k', metric='page_views', each='week', unclear='T')),
    ('get 20 followers as soon as possible', dict(way='gain', amount='20', metric='followers', unclear='T')),
    ('€500k revenue by end of 2027', dict(amount='€ 500k', metric='revenue', deadline='2027-12-31')),
    ('no more than $2,000 of ad spend in Q1 2027', dict(amount='$ 2,000', limit='most', metric='cost', start='2027-01-01', deadline='2027-03-31')),
    ('GAIN 20 INSTAGRAM FOLLOWERS BY MAY 1ST', dict(way='gain', amount='20', metric='followers', platform='instagram', deadline='2027-05-01')),
    ('I will have 1,500 subscribers by 12/31/2026', dict(way='reach', amount='1,500', metric='subscribers', deadline='2026-12-31')),
    ('raise link clicks from 100 to 200 by June', dict(way='reach', amount='200', baseline='100', metric='link_clicks', deadline='2027-06-30')),
    ('send 4 newsletters a month until June', dict(way='gain', amount='4', each='month', deadline='2027-06-30', unread='newsletters')),
    ('Reach 10,000 impressions on tiktok in the next 30 days', dict(way='reach', amount='10,000', metric='impressions', platform='tiktok', within='2026-11-23', deadline='2026-12-22')),
    ('20 followers per post by June', dict(amount='20', metric='followers', deadline='2027-06-30', unclear='S')),
    ('grow our audience to 2,000 within 6 months', dict(way='reach', amount='2,000', metric='followers', within='2026-11-23', deadline='2027-05-22')),
    ('halve our unfollows by June', dict(way='drop', relative=True, amount='50%', metric='unfollows', deadline='2027-06-30')),
    ('gain 20 followers without ads by June', dict(way='gain', amount='20', metric='followers', deadline='2027-06-30', unread='ads', unclear='S')),
    ('gain 20 followers on Myspace by June', dict(way='gain', amount='20', metric='followers', deadline='2027-06-30', unclear='S')),
    ('three posts a week for 6 weeks', dict(amount='3', metric='posts', each='week', within='2026-11-23', deadline='2027-01-03')),
    ('20 more followers by tomorrow', dict(way='gain', amount='20', metric='followers', deadline='2026-11-23')),
    ('gain 20 followers in 6 weeks and 100 in 12 weeks', dict(way='gain', amount='20', metric='followers', within='2026-11-23', deadline='2027-01-03', unclear='ST')),
    ('improve cost per lead to CHF 15 before 1 July', dict(way='reach', amount='CHF 15', metric='cost_per_lead', deadline='2027-06-30')),
    ('gain at least 20 followers by June', dict(way='gain', amount='20', limit='least', metric='followers', deadline='2027-06-30')),
    ('get more than 20 followers by June', dict(way='gain', amount='20', limit='least', metric='followers', deadline='2027-06-30')),
    ('more than 20 followers by June', dict(amount='20', limit='least', metric='followers', deadline='2027-06-30')),
    ('more than 2,000 followers by June', dict(amount='2,000', limit='least', metric='followers', deadline='2027-06-30')),
    ('at most 2,000 followers by June', dict(amount='2,000', limit='most', metric='followers', deadline='2027-06-30')),
    ('keep followers under 2,000 until June', dict(way='keep', amount='2,000', limit='most', metric='followers', deadline='2027-06-30')),
    ('lose at most 5 followers by June', dict(way='drop', amount='5', limit='most', metric='followers', deadline='2027-06-30')),
    ('reach 20 more people on a typical day by June', dict(way='gain', amount='20', metric='reach', typical_day=True, deadline='2027-06-30')),
    ('increase reach by 100 on a typical day by June', dict(way='gain', relative=True, amount='100', metric='reach', typical_day=True, deadline='2027-06-30')),
    ('gain 3% engagement rate on LinkedIn by June', dict(way='gain', amount='3%', metric='engagement_rate', platform='linkedin', deadline='2027-06-30')),
    ('3 more posts a week on Instagram until June', dict(way='gain', amount='3', metric='posts', platform='instagram', each='week', deadline='2027-06-30')),
    ('double 20 followers by June', dict(amount='20', metric='followers', deadline='2027-06-30', unclear='S')),
    ('gain and keep 20 followers by June', dict(way='keep', amount='20', metric='followers', deadline='2027-06-30', unclear='S')),
    ('increase and lower followers by 20 by June', dict(way='drop', relative=True, amount='20', metric='followers', deadline='2027-06-30', unclear='S')),
    ('get 100 leads via spring campaign by June', dict(way='gain', amount='100', metric='leads', campaign='spring', deadline='2027-06-30')),
    ('gain 100 leads campaign by June', dict(way='gain', amount='100', metric='leads', deadline='2027-06-30', unread='campaign')),
    ('gain 20 followers by Sat 1 May 2027', dict(way='gain', amount='20', metric='followers', deadline='2027-05-01')),
    ('gain 20 followers by Sun 1 May 2027', dict(way='gain', amount='20', metric='followers', unclear='T')),
    ('gain 20 followers by week 50', dict(way='gain', amount='20', metric='followers', deadline='2026-12-13')),
    ('gain 20 followers every 30 days', dict(way='gain', amount='20', metric='followers', unread='days', unclear='S')),
    ('gain 20 followers between 1 Jan and 31 March', dict(way='gain', amount='20', metric='followers', start='2027-01-01', deadline='2027-03-31')),
    ('from January to March gain 20 followers', dict(way='gain', amount='20', metric='followers', start='2027-01-01', deadline='2027-03-31')),
    ('we may gain 20 followers in May', dict(way='gain', amount='20', metric='followers', start='2027-05-01', deadline='2027-05-31')),
    ('20 quality leads per week until 31 Dec', dict(amount='20', metric='leads', each='week', deadline='2026-12-31', unread='quality', unclear='S')),
    ('gain 20 subscribers to our newsletter by June', dict(way='gain', amount='20', metric='subscribers', platform='newsletter', deadline='2027-06-30')),
    ('Increase website traffic by 20% by June', dict(way='gain', relative=True, amount='20%', metric='sessions', deadline='2027-06-30')),
    ('500 visitors a day by June', dict(amount='500', metric='visitors', each='day', deadline='2027-06-30')),
    ('5% more revenue by June', dict(way='gain', amount='5%', metric='revenue', deadline='2027-06-30')),
    ("I'd love 20 followers by June, please", dict(amount='20', metric='followers', deadline='2027-06-30')),
    ('-20 unfollows by June', dict(way='drop', amount='20', metric='unfollows', deadline='2027-06-30')),
    ('Grow to 2k followers by eoy', dict(way='reach', amount='2k', metric='followers', deadline='2026-12-31')),
    ('Cost per lead < €20 by June', dict(amount='€ 20', limit='most', metric='cost_per_lead', deadline='2027-06-30')),
    ('£5k revenue from Google Ads by Q2', dict(amount='£ 5k', metric='revenue', platform='google-ads', deadline='2027-06-30')),
    ('10 bookings a month until June', dict(amount='10', metric='bookings', each='month', deadline='2027-06-30')),
    # as a first user said them
    ('get 3 million views on youtube by end of year', dict(way='gain', amount='3m', metric='views', platform='youtube', deadline='2026-12-31')),
    ('get 20 thousand link clicks by June', dict(way='gain', amount='20k', metric='link_clicks', deadline='2027-06-30')),
    ('2 hundred leads by June', dict(amount='200', metric='leads', deadline='2027-06-30')),
    ('get 3 mio views by June', dict(way='gain', amount='3m', metric='views', deadline='2027-06-30')),
    ('get twenty-five thousand impressions by June', dict(way='gain', amount='25000', metric='impressions', deadline='2027-06-30')),
    ('win two hundred and fifty leads by June', dict(way='gain', amount='250', metric='leads', deadline='2027-06-30')),
    ('gain half a million views by June', dict(way='gain', amount='500000', metric='views', deadline='2027-06-30')),
    ('gain a few hundred followers by June', dict(way='gain', amount='100', metric='followers', deadline='2027-06-30', unclear='S')),
    ('win one customer by June', dict(way='gain', amount='1', metric='customers', deadline='2027-06-30')),
    ('get hundreds of leads by June', dict(way='gain', metric='leads', deadline='2027-06-30', unclear='S')),
    ('2.5 hundred leads by June', dict(amount='2.5hundred', metric='leads', deadline='2027-06-30')),
    ('get 700 Instagram link clicks from 1 Oct to 31 Dec', dict(way='gain', amount='700', metric='link_clicks', platform='instagram', start='2026-10-01', deadline='2026-12-31')),
    ('get 50 leads since 1 October by eoy', dict(way='gain', amount='50', metric='leads', start='2026-10-01', deadline='2026-12-31')),
    ('get 50 leads from 1 Nov until 31 Jan', dict(way='gain', amount='50', metric='leads', start='2026-11-01', deadline='2027-01-31')),
    ('get 200 leads this year', dict(way='gain', amount='200', metric='leads', within='2026-01-01', deadline='2026-12-31')),
    ('get 200 leads in Q4', dict(way='gain', amount='200', metric='leads', within='2026-10-01', deadline='2026-12-31')),
    ('get 60 leads in November', dict(way='gain', amount='60', metric='leads', within='2026-11-01', deadline='2026-11-30')),
    ('get 60 leads this week', dict(way='gain', amount='60', metric='leads', within='2026-11-16', deadline='2026-11-22')),
    ('gain 50 Instagram followers for Globex by 31 March', dict(way='gain', amount='50', metric='followers', platform='instagram', deadline='2027-03-31', client='Globex')),
    ('get 60 GA4 leads for Exmaple Café by 31 March', dict(way='gain', amount='60', metric='leads', platform='google-analytics', deadline='2027-03-31', client='Exmaple Café')),
    ('gain 50 Instagram followers for example cafe by 31 March', dict(way='gain', amount='50', metric='followers', platform='instagram', accounts=('Example Café',), deadline='2027-03-31')),
    ('gain 50 followers for Globex on Instagram by 31 March', dict(way='gain', amount='50', metric='followers', platform='instagram', deadline='2027-03-31', client='Globex')),
    ('gain 500 followers on Instagram for client Example Café by 15.03.2027', dict(way='gain', amount='500', metric='followers', platform='instagram', accounts=('Example Café',), deadline='2027-03-15')),
    ('gain 500 followers on Instagram for our client Globex by 15.03.2027', dict(way='gain', amount='500', metric='followers', platform='instagram', deadline='2027-03-15', client='Globex')),
    ('gain 20 followers on Instagram for Brand awareness by June', dict(way='gain', amount='20', metric='followers', platform='instagram', deadline='2027-06-30', purpose='Brand awareness')),
    ('GAIN 20 FOLLOWERS ON IG BY MAY FIRST!!!', dict(way='gain', amount='20', metric='followers', platform='instagram', deadline='2027-05-01')),
    ('get 84,706 impressions on X in 28 days', dict(way='gain', amount='84,706', metric='impressions', platform='x', within='2026-11-23', deadline='2026-12-20')),
    ('no more than 3 posts a day on facebook until Dec 31', dict(amount='3', limit='most', metric='posts', platform='facebook', each='day', deadline='2026-12-31')),
    ('get 40 leads for less than €300 by end of year', dict(way='gain', amount='40', metric='leads', deadline='2026-12-31', unclear='S')),
    ("we don't want fewer than 20 leads by June", dict(amount='20', limit='least', metric='leads', deadline='2027-06-30')),
    ('lose fewer than 5 followers a week on Instagram until June', dict(way='drop', amount='5', limit='most', metric='followers', platform='instagram', each='week', deadline='2027-06-30')),
    ('get 100 leads, 8 a week, by end of Feb', dict(way='gain', amount='100', metric='leads', deadline='2027-02-28', unclear='S')),
    ('gain 1,5k Instagram followers by June', dict(way='gain', amount='1,5k', metric='followers', platform='instagram', deadline='2027-06-30')),
    ('post 3x a week on LinkedIn until eoq', dict(way='gain', amount='3', metric='posts', platform='linkedin', each='week', deadline='2026-12-31')),
    ('get 180 leads on GA4 by 31 Mar because the new barista needs work', dict(way='gain', amount='180', metric='leads', platform='google-analytics', deadline='2027-03-31', why='the new barista needs work')),
    ('get 20 bookings for more table bookings because Q1 is quiet by 31 March', dict(way='gain', amount='20', metric='bookings', deadline='2027-03-31', purpose='more table bookings', why='Q1 is quiet')),
    ('get 20 more table bookings by 31 March because Q1 is quiet', dict(way='gain', amount='20', metric='bookings', deadline='2027-03-31', why='Q1 is quiet', unread='table', unclear='S')),
    ('stay under 500 euros ad spend per month until June', dict(way='keep', amount='EUR 500', limit='most', metric='cost', each='month', deadline='2027-06-30')),
    ('Gain 20 Instagram followers by this Friday', dict(way='gain', amount='20', metric='followers', platform='instagram', deadline='2026-11-27')),
    ('Gain 20 Instagram followers by mid February', dict(way='gain', amount='20', metric='followers', platform='instagram', deadline='2027-02-15')),
    ('Gain 20 Instagram followers by Easter', dict(way='gain', amount='20', metric='followers', platform='instagram', unclear='T')),
    ('Gain 20 Instagram followers by black friday', dict(way='gain', amount='20', metric='followers', platform='instagram', unclear='T')),
    ('Gain 20 Instagram followers by new year', dict(way='gain', amount='20', metric='followers', platform='instagram', deadline='2027-01-01')),
    ('Gain 20 Instagram followers by H1', dict(way='gain', amount='20', metric='followers', platform='instagram', deadline='2027-06-30')),
    ('Gain 20 Instagram followers during Advent', dict(way='gain', amount='20', metric='followers', platform='instagram', unclear='T')),
    ('Gain 20 Instagram followers in summer', dict(way='gain', amount='20', metric='followers', platform='instagram', unclear='T')),
    ('Gain 20 Instagram followers by early February', dict(way='gain', amount='20', metric='followers', platform='instagram', unclear='T')),
    ('get 50 leads by the end of the first quarter 2027', dict(way='gain', amount='50', metric='leads', deadline='2027-03-31')),
    ('gain 20 organic Instagram followers by June', dict(way='gain', amount='20', metric='followers', platform='instagram', deadline='2027-06-30', unread='organic', unclear='S')),
    ('gain 50 followers by 31.03.', dict(way='gain', amount='50', metric='followers', unclear='T')),
    ('gain 50 followers by 31/3', dict(way='gain', amount='50', metric='followers', deadline='2027-03-31')),
    ('gain 50 followers by 03/04/2027', dict(way='gain', amount='50', metric='followers', unclear='T')),
    ("don't lose more than 5 followers by June", dict(way='drop', amount='5', limit='most', metric='followers', deadline='2027-06-30')),
    ('get 50 leads from the new year campaign by June', dict(way='gain', amount='50', metric='leads', campaign='new year', deadline='2027-06-30')),
    ('get 20 leads by today', dict(way='gain', amount='20', metric='leads', deadline='2026-11-22')),
    ('never spend more than €500 on ads by June', dict(amount='€ 500', limit='most', metric='cost', deadline='2027-06-30')),
    ('gain exactly 20 followers by June', dict(way='gain', amount='20', metric='followers', deadline='2027-06-30')),
    ('gain 20 followers on Instagram every week until March', dict(way='gain', amount='20', metric='followers', platform='instagram', each='week', deadline='2027-03-31')),
    ('get 30 leads a week from 1 Jan to 31 March', dict(way='gain', amount='30', metric='leads', each='week', start='2027-01-01', deadline='2027-03-31')),
    ('20 leads a day by June', dict(amount='20', metric='leads', each='day', deadline='2027-06-30')),
    ('gain 20 follwers on instgram by 1st of may', dict(way='gain', amount='20', deadline='2027-05-01', unread='follwers', unclear='S')),
    ('2 million impressions between 1 Oct and 31 Dec', dict(amount='2m', metric='impressions', start='2026-10-01', deadline='2026-12-31')),
    ('€ 3 million revenue by eoy', dict(amount='€ 3m', metric='revenue', deadline='2026-12-31')),
    ('10 thousand euros revenue by eoy', dict(amount='EUR 10k', metric='revenue', deadline='2026-12-31')),
    ('raise engagement rate by 1.5 percent by June', dict(way='gain', relative=True, amount='1.5%', metric='engagement_rate', deadline='2027-06-30')),
    ('get 5 k views by June', dict(way='gain', amount='5k', metric='views', deadline='2027-06-30')),
    ('get 40 leads for about €300 by June', dict(way='gain', amount='40', metric='leads', deadline='2027-06-30', unclear='S')),
    ('get 300 sessions since Monday by Friday', dict(way='gain', amount='300', metric='sessions', start='2026-11-16', deadline='2026-11-27')),
    ('one post a week on Instagram until June', dict(amount='1', metric='posts', platform='instagram', each='week', deadline='2027-06-30')),
    ('2 and a half million views by June', dict(amount='2', metric='views', deadline='2027-06-30', unclear='S')),
    ('raise 3k followers by 2027-03-31 since we open a new shop', dict(way='gain', relative=True, amount='3k', metric='followers', deadline='2027-03-31', why='we open a new shop')),
    ('get 20 leads for winter by March', dict(way='gain', amount='20', metric='leads', deadline='2027-03-31', purpose='winter')),
    ('double our leads by June', dict(way='gain', relative=True, amount='100%', metric='leads', deadline='2027-06-30')),
    ("gain 20 new followers on Instagram for Northwind's shop by June", dict(way='gain', amount='20', metric='followers', platform='instagram', deadline='2027-06-30', client="Northwind's shop")),
    ('get 100 leads in H1 2027', dict(way='gain', amount='100', metric='leads', start='2027-01-01', deadline='2027-06-30')),
    ('half a dozen customers by June', dict(amount='12', metric='customers', deadline='2027-06-30', unclear='S')),
    ('gain a couple of hundred followers by June', dict(way='gain', amount='100', metric='followers', deadline='2027-06-30', unclear='S')),
    ('get several leads by June', dict(way='gain', metric='leads', deadline='2027-06-30', unclear='S')),
    ('gain 50 followers for IKEA by June', dict(way='gain', amount='50', metric='followers', deadline='2027-06-30', client='IKEA')),
    ('get 20 leads for SEO growth by June', dict(way='gain', amount='20', metric='leads', deadline='2027-06-30', purpose='SEO growth')),
    ('no fewer than 3 posts each week on Instagram until June', dict(amount='3', limit='least', metric='posts', platform='instagram', each='week', deadline='2027-06-30')),
    ('no less than 1 million impressions by June', dict(amount='1m', limit='least', metric='impressions', deadline='2027-06-30')),
    ('reach one million views by end of 2027', dict(way='reach', amount='1000000', metric='views', deadline='2027-12-31')),
    ('for Globex: gain 20 Instagram followers by May', dict(way='gain', amount='20', metric='followers', platform='instagram', deadline='2027-05-31', client='Globex')),
    ('Globex: gain 20 Instagram followers by May', dict(way='gain', amount='20', metric='followers', platform='instagram', deadline='2027-05-31', client='Globex')),
    ('gain 20 Instagram followers for Globex and Initech by May', dict(way='gain', amount='20', metric='followers', platform='instagram', deadline='2027-05-31', client='Globex and Initech')),
    ('get 20 leads by end of the first week of June', dict(way='gain', amount='20', metric='leads', unclear='T')),
    ('get 20 leads within the first half of December', dict(way='gain', amount='20', metric='leads', unclear='T')),
    ('get 20 leads in a couple of weeks', dict(way='gain', amount='20', metric='leads', unclear='T')),
    ('get 20 leads in a fortnight', dict(way='gain', amount='20', metric='leads', within='2026-11-23', deadline='2026-12-06')),
    ('get 20 leads by end of 1st quarter', dict(way='gain', amount='20', metric='leads', deadline='2027-03-31')),
    ('get 20 leads after 1 January by March', dict(way='gain', amount='20', metric='leads', start='2027-01-02', deadline='2027-03-31')),
    ('get 20 leads starting next month until June', dict(way='gain', amount='20', metric='leads', start='2026-12-01', deadline='2027-06-30')),
    ('My goal: gain 20 followers on Instagram by June', dict(way='gain', amount='20', metric='followers', platform='instagram', deadline='2027-06-30')),
    ('no fewer than 3 posts a week on Instagram until June', dict(amount='3', limit='least', metric='posts', platform='instagram', each='week', deadline='2027-06-30')),
    ('not under 20 leads by June', dict(amount='20', limit='least', metric='leads', deadline='2027-06-30')),
    ('never fewer than 20 leads by June', dict(amount='20', limit='least', metric='leads', deadline='2027-06-30')),
    ('more than 500 sessions by the first quarter of 2027', dict(amount='500', limit='least', metric='sessions', deadline='2027-03-31')),
    ('20 more customers after 1 January and by 31 March', dict(way='gain', amount='20', metric='customers', start='2027-01-02', deadline='2027-03-31')),
    ('get 20 to 30 leads by June', dict(way='gain', amount='20', metric='leads', deadline='2027-06-30', unclear='S')),
    ('keep cost per lead between €10 and €20 all quarter', dict(way='keep', amount='€ 10', metric='cost_per_lead', throughout='2026-12-31', within='2026-10-01', deadline='2026-12-31', unclear='S')),
    ('get 20 leads under €20 each by June', dict(way='gain', amount='20', metric='leads', deadline='2027-06-30', unclear='S')),
    ('gain 20 followers on Instagram this summer', dict(way='gain', amount='20', metric='followers', platform='instagram', unclear='T')),
    ('get 3 posts a month by June', dict(way='gain', amount='3', metric='posts', each='month', deadline='2027-06-30')),
    ('1,5 million views by June', dict(amount='1,5m', metric='views', deadline='2027-06-30')),
    ('5x our leads by June', dict(metric='leads', deadline='2027-06-30', unclear='S')),
    # the verb beside the number governs
    ('gain 20 X followers by 30 June with a price drop', dict(way='gain', amount='20', metric='followers', platform='x', deadline='2027-06-30', unread='with a price drop')),
    ('gain 20 X followers by 30 June although we cut the budget', dict(way='gain', amount='20', metric='followers', platform='x', deadline='2027-06-30', unread='although we cut the budget')),
    ('although we cut the budget, gain 20 X followers by 30 June', dict(way='gain', amount='20', metric='followers', platform='x', deadline='2027-06-30', unread='although we cut the budget')),
    ('gain 20 followers by 30 June by lowering prices', dict(way='gain', amount='20', metric='followers', deadline='2027-06-30', unread='by lowering prices')),
    ('gain 20 followers by June after the price drop', dict(way='gain', amount='20', metric='followers', deadline='2027-06-30', unread='after price', unclear='S')),
    ('reach 1,000 followers by June after our big push', dict(way='reach', amount='1,000', metric='followers', deadline='2027-06-30', unread='after big')),
    ('get 500 profile visits by 30 June to reduce ad costs', dict(way='gain', amount='500', metric='profile_visits', deadline='2027-06-30', purpose='reduce ad costs')),
    ('get 500 profile visits by 30 June and cut costs', dict(way='gain', amount='500', metric='profile_visits', deadline='2027-06-30', unclear='S')),
    ('get 500 profile visits by 30 June despite a lower budget', dict(way='gain', amount='500', metric='profile_visits', deadline='2027-06-30', unread='despite a lower budget')),
    ('get 100 leads with less ad spend by June', dict(way='gain', amount='100', metric='leads', deadline='2027-06-30', unclear='S')),
    ('get 100 leads with weekly newsletters by June', dict(way='gain', amount='100', metric='leads', deadline='2027-06-30', unread='with weekly newsletters')),
    ('get 100 leads with a price drop on Instagram for more sales by June', dict(way='gain', amount='100', metric='leads', platform='instagram', deadline='2027-06-30', purpose='more sales', unread='with a price drop')),
    ('gain 20 followers by June while cutting costs', dict(way='gain', amount='20', metric='followers', deadline='2027-06-30', unclear='S')),
    ('gain 20 followers and post daily until June', dict(way='gain', amount='20', metric='followers', deadline='2027-06-30', unclear='S')),
    ('get 100 leads with the Black Friday campaign by June', dict(way='gain', amount='100', metric='leads', campaign='Black Friday', deadline='2027-06-30')),
    ('get 100 leads with Instagram by June', dict(way='gain', amount='100', metric='leads', platform='instagram', deadline='2027-06-30')),
    ('grow LinkedIn with 20 followers by June', dict(way='gain', relative=True, amount='20', metric='followers', platform='linkedin', deadline='2027-06-30')),
    ('help us grow and get 20 followers by June', dict(way='gain', amount='20', metric='followers', deadline='2027-06-30', unread='help')),
    ('reduce bounce rate to reach 40% by June', dict(way='reach', amount='40%', limit='most', metric='bounce_rate', deadline='2027-06-30')),
    ('get our cost per lead 20% lower by June', dict(way='drop', relative=True, amount='20%', metric='cost_per_lead', deadline='2027-06-30')),
    ('we plan to cut cost per lead to €9 by June', dict(way='reach', amount='€ 9', limit='most', metric='cost_per_lead', deadline='2027-06-30')),
    ('In Q1 we are determined to reduce CPL to €9', dict(way='reach', amount='€ 9', limit='most', metric='cost_per_lead', start='2027-01-01', deadline='2027-03-31', unread='determined')),
    # up and down
    ('get leads up to 100 by 28 Feb', dict(way='reach', amount='100', metric='leads', deadline='2027-02-28')),
    ('get posts up to 4 a week by 30 June', dict(way='reach', amount='4', metric='posts', each='week', deadline='2027-06-30')),
    ('get our engagement rate up to 6% by 30 June', dict(way='reach', amount='6%', metric='engagement_rate', deadline='2027-06-30')),
    ('get up to 1,000 followers by June', dict(way='reach', amount='1,000', metric='followers', deadline='2027-06-30')),
    ('have our followers up to 1,000 by June', dict(way='reach', amount='1,000', metric='followers', deadline='2027-06-30')),
    ('post up to 4 times a week until June', dict(amount='4', limit='most', metric='posts', each='week', deadline='2027-06-30')),
    ('spend up to €500 on ads by June', dict(amount='€ 500', limit='most', metric='cost', deadline='2027-06-30')),
    ('gain up to 20 followers by June', dict(way='gain', amount='20', limit='most', metric='followers', deadline='2027-06-30')),
    ('grow leads by up to 20% by June', dict(way='reach', amount='20%', limit='most', metric='leads', deadline='2027-06-30')),
    ('bring cost per lead down by €2 by 31 Dec', dict(way='drop', relative=True, amount='€ 2', metric='cost_per_lead', deadline='2026-12-31')),
    ('bring cost per lead down to €2 by 31 Dec', dict(way='reach', amount='€ 2', limit='most', metric='cost_per_lead', deadline='2026-12-31')),
    ('bring sessions down by 100 by 31 Dec', dict(way='drop', relative=True, amount='100', metric='sessions', deadline='2026-12-31')),
    ('bring conversion rate up by 1 percentage point by 31 Dec', dict(way='gain', relative=True, amount='1%', metric='conversion_rate', deadline='2026-12-31')),
    ('followers up 20% by June', dict(way='gain', relative=True, amount='20%', metric='followers', deadline='2027-06-30')),
    ('Instagram reach 20% up by 30 June', dict(way='gain', relative=True, amount='20%', metric='reach', platform='instagram', deadline='2027-06-30')),
    ('on Instagram reach 500 people by June', dict(way='reach', amount='500', metric='reach', platform='instagram', deadline='2027-06-30')),
    ('set up 20 posts by June', dict(amount='20', metric='posts', deadline='2027-06-30', unread='set')),
    ('by 15 June I will have increased our X followers by 50', dict(way='gain', relative=True, amount='50', metric='followers', platform='x', deadline='2027-06-15')),
    ('I will have lowered cost per lead by €2 by June', dict(way='drop', relative=True, amount='€ 2', metric='cost_per_lead', deadline='2027-06-30')),
    ('have followers by 50 by June', dict(way='reach', amount='50', metric='followers', deadline='2027-06-30', unclear='S')),
    ('our improved page wins 20 followers by June', dict(way='gain', amount='20', metric='followers', deadline='2027-06-30')),
    ('grow X followers from 505 by 30 June', dict(way='reach', baseline='505', metric='followers', platform='x', deadline='2027-06-30', unclear='S')),
    ('get profile visits up from 16 a week by 30 June', dict(way='reach', baseline='16', metric='profile_visits', each='week', deadline='2027-06-30', unclear='S')),
    ('500 followers from 400 by June', dict(amount='500', baseline='400', metric='followers', deadline='2027-06-30')),
    ('get 500 clicks from 3 newsletters by June', dict(way='reach', amount='500', baseline='3', metric='clicks', deadline='2027-06-30', unread='newsletters', unclear='S')),
    # so many each
    ('50 likes for every post by 30 June', dict(amount='50', metric='likes', deadline='2027-06-30', unclear='S')),
    ('get 5 likes for each tweet by 30 June', dict(way='gain', amount='5', metric='likes', deadline='2027-06-30', unclear='S')),
    ('50 likes per post by 30 June', dict(amount='50', metric='likes', deadline='2027-06-30', unclear='S')),
    ('80 interactions per post by June', dict(amount='80', metric='interactions_per_post', deadline='2027-06-30')),
    ('gain 20 followers on each platform by June', dict(way='gain', amount='20', metric='followers', deadline='2027-06-30', unclear='S')),
    ('a post every Monday until June', dict(metric='posts', deadline='2027-06-30', unclear='S')),
    ('post twice a week until 30 June', dict(amount='2', metric='posts', each='week', deadline='2027-06-30')),
    ('post at least thrice weekly until 30 June', dict(amount='3', limit='least', metric='posts', each='week', deadline='2027-06-30')),
    ('post once a week until June', dict(amount='1', metric='posts', each='week', deadline='2027-06-30')),
    ('twice as many followers by June', dict(way='gain', relative=True, amount='100%', metric='followers', deadline='2027-06-30')),
    ('daily posts until 30 June', dict(amount='1', metric='posts', each='day', deadline='2027-06-30')),
    ('more daily posts until June', dict(way='gain', metric='posts', each='day', deadline='2027-06-30')),
    ('a post every day until 30 June', dict(amount='1', metric='posts', each='day', deadline='2027-06-30')),
    ('700 likes/wk until 30 June', dict(amount='700', metric='likes', each='week', deadline='2027-06-30')),
    ('700 likes per mth until June', dict(amount='700', metric='likes', each='month', deadline='2027-06-30')),
    ('post 3x/week until June', dict(way='gain', amount='3', metric='posts', each='week', deadline='2027-06-30')),
    ('3 posts fortnightly until June', dict(amount='3', metric='posts', deadline='2027-06-30', unclear='S')),
    ('on average 700 likes a week until 30 June', dict(amount='700', metric='likes', each='week', averaged=True, deadline='2027-06-30')),
    ('get 20 followers for free by June', dict(way='gain', amount='20', metric='followers', deadline='2027-06-30', unread='free')),
    # names
    ('200 link clicks from campaign Black Friday by 30 Nov', dict(amount='200', metric='link_clicks', campaign='Black Friday', deadline='2026-11-30')),
    ('200 link clicks from campaign black friday by 30 Nov', dict(amount='200', metric='link_clicks', campaign='black friday', deadline='2026-11-30')),
    ('200 link clicks from the campaign called Summer Sale 2027 on Instagram by 30 Nov', dict(amount='200', metric='link_clicks', platform='instagram', campaign='Summer Sale 2027', deadline='2026-11-30')),
    ('200 link clicks from campaign Spring leads by June', dict(amount='200', metric='link_clicks', campaign='Spring', deadline='2027-06-30', unclear='M')),
    ('our campaign needs 200 leads by June', dict(amount='200', metric='leads', deadline='2027-06-30', unread='campaign')),
    # days
    ('100 leads by the 15th', dict(amount='100', metric='leads', deadline='2026-12-15')),
    ('get 20 leads by the 32nd', dict(way='gain', amount='20', metric='leads', unclear='T')),
    ('100 leads by 1st of March next year', dict(amount='100', metric='leads', deadline='2027-03-01')),
    ('100 leads by early next year', dict(amount='100', metric='leads', unclear='T')),
    ('100 leads by late Q3', dict(amount='100', metric='leads', unclear='T')),
    ('100 leads by the start of Q3', dict(amount='100', metric='leads', deadline='2027-07-01')),
    ('gain 20 followers in half a year', dict(way='gain', amount='20', metric='followers', within='2026-11-23', deadline='2027-05-22')),
    ('gain 20 followers by 2027/06/30', dict(way='gain', amount='20', metric='followers', deadline='2027-06-30')),
    ('gain 20 followers by 30-Jun-27', dict(way='gain', amount='20', metric='followers', deadline='2027-06-30')),
    ('gain 20 followers by 27-Jun-28', dict(way='gain', amount='20', metric='followers', unclear='T')),
    ('gain 20 followers by EOY 2027', dict(way='gain', amount='20', metric='followers', deadline='2027-12-31')),
    ('gain 20 followers by end 2027', dict(way='gain', amount='20', metric='followers', deadline='2027-12-31')),
    ('gain 20 followers by the weekend', dict(way='gain', amount='20', metric='followers', deadline='2026-11-29')),
    ('get 20 leads before the weekend', dict(way='gain', amount='20', metric='leads', deadline='2026-11-27')),
    ('gain 20 followers by year-end', dict(way='gain', amount='20', metric='followers', deadline='2026-12-31')),
    ('gain 20 followers by next weekend', dict(way='gain', amount='20', metric='followers', unclear='T')),
    ('gain 20 followers from last Monday by 30 June', dict(way='gain', amount='20', metric='followers', start='2026-11-16', deadline='2027-06-30')),
    ('our 20th follower by June', dict(metric='followers', deadline='2027-06-30', unclear='S')),
    ('get 50 leads from the week-end campaign by June', dict(way='gain', amount='50', metric='leads', campaign='week-end', deadline='2027-06-30')),
    # as a second user said them
    ('gain 20 followers by this time next year', dict(way='gain', amount='20', metric='followers', deadline='2027-11-22')),
    ('gain 20 followers a year from now', dict(way='gain', amount='20', metric='followers', deadline='2027-11-22')),
    ('go from 400 to 500 followers by June', dict(amount='500', baseline='400', metric='followers', deadline='2027-06-30')),
    ('stay up to date: 3 posts a week until June', dict(way='keep', amount='3', metric='posts', each='week', deadline='2027-06-30', unread='date')),
    ('step up to 3 posts a week until June', dict(way='reach', amount='3', metric='posts', each='week', deadline='2027-06-30', unread='step')),
    ('campaign Spring: 20 leads by June', dict(amount='20', metric='leads', campaign='Spring', deadline='2027-06-30')),
    ('from the campaign get 20 leads by June', dict(way='gain', amount='20', metric='leads', deadline='2027-06-30', unclear='S')),
    ('20 leads in campaign Back to School by June', dict(amount='20', metric='leads', campaign='Back to School', deadline='2027-06-30')),
    ('20 leads from campaign Spring on Instagram by June', dict(amount='20', metric='leads', platform='instagram', campaign='Spring', deadline='2027-06-30')),
    ('20 leads each and every week until June', dict(amount='20', metric='leads', each='week', deadline='2027-06-30')),
    ('20 leads a working day until June', dict(amount='20', metric='leads', deadline='2027-06-30', unclear='S')),
    ('20 leads every other week until June', dict(amount='20', metric='leads', deadline='2027-06-30', unclear='S')),
    ('a weekly post until June', dict(amount='1', metric='posts', each='week', deadline='2027-06-30')),
    ('an Instagram post every day until June', dict(amount='1', metric='posts', platform='instagram', each='day', deadline='2027-06-30')),
    ('a few posts a week until June', dict(metric='posts', each='week', deadline='2027-06-30', unclear='S')),
    ('gain 20 followers as of last Monday by June', dict(way='gain', amount='20', metric='followers', start='2026-11-16', deadline='2027-06-30')),
    ('post twice daily on Instagram until June', dict(amount='2', metric='posts', platform='instagram', each='day', deadline='2027-06-30')),
    ('drive 500 visits by June', dict(way='gain', amount='500', metric='visits', deadline='2027-06-30')),
    ('keep costs down and get 20 leads by June', dict(way='keep', amount='20', metric='cost', deadline='2027-06-30', unclear='MS')),
    ('lost 20 followers, want to win back 20 by June', dict(way='gain', amount='20', metric='followers', deadline='2027-06-30', unread='back', unclear='S')),
    ('sign up 20 customers by June', dict(amount='20', metric='customers', deadline='2027-06-30', unread='sign')),
    ('500 followers (up from 400) by June', dict(way='reach', amount='500', baseline='400', metric='followers', deadline='2027-06-30')),
    ('gain 20 followers for Example by June', dict(way='gain', amount='20', metric='followers', deadline='2027-06-30', client='Example')),
]  # fmt: skip


def parts(said: Sentence) -> dict[str, object]:
    """Each part that was understood, by its value; `unclear` are the letters of what was not."""
    found: dict[str, object] = {}
    for name, part in said._asdict().items():
        if name == "text" or not part:
            continue
        if isinstance(part, Part):
            found[name] = part.value or True
        elif name == "unclear":
            found[name] = "".join(sorted({each.letter for each in said.unclear}))
        elif name == "accounts":
            found[name] = tuple(each.value for each in said.accounts)
        elif name == "unread":
            found[name] = " ".join(each.value for each in said.unread)
        else:
            found[name] = part
    return found


@pytest.mark.parametrize(("text", "meant"), ROWS)
def test_a_sentence_is_understood_part_by_part(text: str, meant: dict[str, object]) -> None:
    assert parts(parsed(text, NAMES, TODAY)) == meant


def test_there_are_sentences_enough_good_and_bad() -> None:
    assert len(ROWS) >= 60
    assert sum("unclear" in meant for _, meant in ROWS) >= 15


@pytest.mark.parametrize(("text", "meant"), ROWS)
def test_every_part_stands_where_it_was_said(text: str, meant: dict[str, object]) -> None:
    said = parsed(text, NAMES, TODAY)
    for part in (*said._asdict().values(), *said.accounts, *said.unread):
        if isinstance(part, Part):
            assert part.said in text[part.begin : part.end]


@pytest.mark.parametrize(("text", "meant"), ROWS)
def test_no_number_is_ever_ignored(text: str, meant: dict[str, object]) -> None:
    """Every digit stands in a part that was understood, or in a question."""
    said = parsed(text, NAMES, TODAY)
    told = [part for part in (*said._asdict().values(), *said.accounts) if isinstance(part, Part)]
    for at, letter in enumerate(text):
        if letter.isdigit():
            inside = any(part.begin <= at < part.end for part in told)
            assert inside or any(letter in each.why for each in said.unclear), text


AMOUNTS = st.sampled_from(["20", "1,220", "1.5k", "2k", "300"])
PLACES = st.sampled_from(
    [("Instagram", "instagram"), ("LinkedIn", "linkedin"), ("YouTube", "youtube"), ("TikTok", "tiktok")]
)
THINGS = st.sampled_from(
    [
        ("followers", "followers"),
        ("link clicks", "link_clicks"),
        ("likes", "likes"),
        ("content interactions", "interactions"),
    ]
)
VERBS = st.sampled_from([("gain", "gain"), ("win", "gain"), ("reach", "reach"), ("lose", "drop"), ("get to", "reach")])
DAYS = st.integers(1, 700).map(lambda days: iso(TODAY + days))
PURPOSES = st.sampled_from(["", "more website leads", "a fuller café", "better sales in summer"])


@given(VERBS, AMOUNTS, THINGS, PLACES, DAYS, PURPOSES, st.booleans(), st.randoms())
def test_a_composed_sentence_says_its_parts_in_any_order_and_in_any_case(
    verb: tuple[str, str],
    amount: str,
    thing: tuple[str, str],
    place: tuple[str, str],
    day: str,
    purpose: str,
    before: bool,
    chance: Random,
) -> None:
    goal = f"{verb[0]} {amount} {place[0]} {thing[0]}" if before else f"{verb[0]} {amount} {thing[0]} on {place[0]}"
    clauses = [goal, f"by {day}", *([f"for {purpose}"] if purpose else [])]
    meant = {"way": verb[1], "amount": amount, "metric": thing[1], "platform": place[1], "deadline": day}
    meant |= {"purpose": purpose} if purpose else {}
    chance.shuffle(clauses)
    text = ", ".join(clauses)
    assert parts(parsed(text, NAMES, TODAY)) == meant
    other = chance.choice([text.upper(), text.lower(), text.title()])
    found = {name: str(value).lower() for name, value in parts(parsed(other, NAMES, TODAY)).items()}
    assert found == {name: value.lower() for name, value in meant.items()}


ASIDES = st.sampled_from(
    [
        "with a price drop", "although we cut the budget", "despite a lower budget", "even though costs increase",
        "while prices rise", "by cutting prices", "with daily stories", "though we lose a colleague", "to reduce ad costs",
    ]
)  # fmt: skip


@given(VERBS, AMOUNTS, THINGS, PLACES, DAYS, ASIDES, st.booleans())
def test_what_is_said_beside_a_goal_never_turns_it(
    verb: tuple[str, str],
    amount: str,
    thing: tuple[str, str],
    place: tuple[str, str],
    day: str,
    aside: str,
    before: bool,
) -> None:
    goal, deadline = f"{verb[0]} {amount} {place[0]} {thing[0]}", f"by {day}"
    text = f"{goal} {aside} {deadline}" if before else f"{goal} {deadline} {aside}"
    found = parts(parsed(text, NAMES, TODAY))
    beside = {"unread": aside} if not aside.startswith("to ") else {"purpose": aside.removeprefix("to ")}
    meant = {"way": verb[1], "amount": amount, "metric": thing[1], "platform": place[1], "deadline": day}
    assert found == meant | beside


@given(st.text(max_size=120))
def test_any_text_is_read_without_trouble(text: str) -> None:
    said = parsed(text, NAMES, TODAY)
    assert said.text == text


@given(
    st.lists(
        st.sampled_from(
            [
                "gain",
                "20",
                "by",
                "to",
                "May",
                "1st",
                "followers",
                "Instagram",
                "a",
                "week",
                "for",
                "more",
                "€",
                "%",
                "at",
                "most",
                "keep",
                "from",
                "3",
                "5k",
                "Q3",
                "under",
                "until",
                "up",
                "down",
                "twice",
                "campaign",
                "every",
                "with",
                "and",
                "cut",
                "15th",
            ]
        ),
        max_size=12,
    )
)
def test_words_of_goals_in_any_order_never_lose_a_number(heap: list[str]) -> None:
    text = " ".join(heap)
    said = parsed(text, NAMES, TODAY)
    told = [part for part in (*said._asdict().values(), *said.accounts) if isinstance(part, Part)]
    for at, letter in enumerate(text):
        if letter.isdigit():
            inside = any(part.begin <= at < part.end for part in told)
            assert inside or any(letter in each.why for each in said.unclear), (text, said)
