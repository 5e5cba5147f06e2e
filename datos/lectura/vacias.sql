-- Las tablas de lectura que crecen por partes, vacías: aquí empieza una derivación entera.
create or replace table lectura_temas (tema_dialogo_id varchar, desde integer);
create or replace table lectura_vocabulario (
    palabra_id integer,
    palabra varchar,
    apariciones bigint
);
create or replace table lectura_apariciones (palabra_id integer, posicion integer);
create or replace table lectura_usos (
    columna varchar,
    valor varchar,
    es_ficticio boolean,
    enunciados bigint
);
