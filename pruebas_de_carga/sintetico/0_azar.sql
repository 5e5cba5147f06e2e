-- El azar, que depende solo de la semilla. El rango de cada palabra y de cada código
-- sigue la ley de Zipf: con u uniforme en [0, 1), floor((n + 1)^u) da el rango k con
-- probabilidad log((k + 1) / k) / log(n + 1), que decae como 1 / k.
create temp macro azar(cual, que, semilla) as
cast(hash(cual, que, semilla) % 1000003 as double) / 1000003;

create temp macro zipf(cuantos, al_azar) as
cast(floor(pow(cuantos + 1, al_azar)) as bigint);
